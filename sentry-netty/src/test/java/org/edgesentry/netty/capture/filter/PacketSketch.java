package org.edgesentry.netty.capture.filter;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import org.edgesentry.core.net.PortSet;
import org.edgesentry.netty.capture.TrapFilter;

/**
 * A packet by its fields: random ones are drawn, written as bytes, and judged in plain Java, which is what a filter
 * program is held against.
 */
public final class PacketSketch {

    static final int IPV4 = 0x0800;
    static final int IPV6 = 0x86dd;

    public int packetType;
    int interfaceIndex = 7;
    int vlanTag = -1;
    public int etherType = IPV4;
    int headerWords = 5;
    int protocol = 6;
    int fragment;
    public int port;
    int sourcePort = 40_000;
    int flags = 0x02;
    /** Of IPv6: the first byte behind its header, which an extension header uses for what follows it. */
    int nextNextHeader;
    /** Bytes that are there; more than the packet has means all. */
    public int length = Integer.MAX_VALUE;

    /** A packet that is likely to be near the edges of the traps. */
    public static PacketSketch random(Random random, int[] interestingPorts) {
        PacketSketch packet = new PacketSketch();
        packet.packetType = pick(random, 0, 0, 0, 0, 1, 2, 3, 4);
        packet.interfaceIndex = pick(random, 1, 2, 3, 3000);
        packet.vlanTag = pick(random, -1, -1, -1, 0, 0x2000, 100, 0x2064);
        packet.etherType = pick(random, IPV4, IPV4, IPV4, IPV6, IPV6, IPV6, 0x8100, 0x88a8, 0x0806);
        packet.headerWords = pick(random, 5, 5, 6, 15);
        packet.protocol = pick(random, 6, 6, 6, 17, 17, 132, 1, 58, 0, 43, 44, 50, 51, 60, 135, 139, 140, 47, 89,
                253, 254);
        packet.fragment = pick(random, 0, 0, 0, 0, 0x4000, 0x2000, 1, 0x2001, 2, 0x1fff, 0x2100);
        packet.port = port(random, interestingPorts);
        packet.sourcePort = port(random, interestingPorts);
        packet.flags = random.nextInt(64);
        packet.nextNextHeader = pick(random, 6, 58, 60);
        packet.length = random.nextInt(5) == 0 ? random.nextInt(90) : Integer.MAX_VALUE;
        return packet;
    }

    private static int port(Random random, int[] interesting) {
        return random.nextBoolean() ? random.nextInt(65_536)
                : Math.floorMod(interesting[random.nextInt(interesting.length)] + random.nextInt(3) - 1, 65_536);
    }

    private static int pick(Random random, int... values) {
        return values[random.nextInt(values.length)];
    }

    FilteredPacket write() {
        return new FilteredPacket(packetType, interfaceIndex, vlanTag, etherType, networkBytes());
    }

    /** The packet from its network header on. */
    public byte[] networkBytes() {
        ByteBuffer packet = ByteBuffer.allocate(100);
        if (etherType == IPV4) {
            packet.put(0, (byte) (0x40 | headerWords)).putShort(6, (short) fragment).put(9, (byte) protocol);
        } else {
            packet.put(0, (byte) 0x60).put(6, (byte) protocol);
        }
        int transport = transportOffset();
        packet.putShort(transport, (short) sourcePort).putShort(transport + 2, (short) port);
        packet.put(transport + 13, (byte) flags);
        if (etherType == IPV6 && protocol != 17) {
            packet.put(transport, (byte) nextNextHeader);
        }
        return Arrays.copyOf(packet.array(), Math.min(length, transport + 20));
    }

    /** What the filter promises, for packets of which it may see every interface. */
    public boolean isWanted(TrapFilter traps) {
        int there = Math.min(length, transportOffset() + 20);
        if (traps.isEmpty() || packetType > 2) {
            return !traps.isEmpty() && packetType == 4 && isQuestion(traps, there);
        }
        return switch (etherType) {
            case IPV4 -> isWantedIpv4(traps, there);
            case IPV6 -> there > 6 && isWantedIpv6(traps, there);
            default -> etherType == 0x8100 || etherType == 0x88a8;
        };
    }

    private boolean isQuestion(TrapFilter traps, int there) {
        boolean readable = etherType == IPV4 && (fragment & 0x1fff) == 0 || etherType == IPV6;
        return readable && protocol == 17 && there >= transportOffset() + 2
                && traps.udpQuestions().contains(sourcePort);
    }

    private boolean isWantedIpv4(TrapFilter traps, int there) {
        if (there < 10) {
            return false;
        }
        int fragmentOffset = fragment & 0x1fff;
        if (fragmentOffset > 0) {
            return fragmentOffset == 1 && !traps.tcpPorts().isEmpty() && (protocol == 6 || protocol == 132);
        }
        boolean complete = (fragment & 0x2000) == 0;
        return isTrap(traps, there) && !(complete && isAnswer(traps, there));
    }

    private boolean isWantedIpv6(TrapFilter traps, int there) {
        return switch (protocol) {
            case 0 -> there > 40 && nextNextHeader != 58;
            case 43, 44, 51, 60, 135, 139, 140 -> true;
            default -> isTrap(traps, there) && !isAnswer(traps, there);
        };
    }

    private boolean isTrap(TrapFilter traps, int there) {
        PortSet ports = switch (protocol) {
            case 6, 132 -> traps.tcpPorts();
            case 17 -> traps.udpPorts();
            default -> PortSet.EMPTY;
        };
        return there >= transportOffset() + 4 && ports.contains(port);
    }

    private boolean isAnswer(TrapFilter traps, int there) {
        boolean reset = (flags & 0x04) != 0;
        boolean synAck = (flags & 0x12) == 0x12;
        boolean ours = (flags & 0x10) != 0 && traps.ephemeral().filter(range -> range.contains(port)).isPresent();
        return protocol == 6 && there >= transportOffset() + 14 && (reset || synAck || ours);
    }

    private int transportOffset() {
        return etherType == IPV4 ? headerWords * 4 : 40;
    }

    @Override
    public String toString() {
        return String.format("type %d if %d vlan %x ether %x ihl %d proto %d frag %x ports %d %d flags %x length %d",
                packetType, interfaceIndex, vlanTag, etherType, headerWords, protocol, fragment, sourcePort, port,
                flags, length);
    }
}
