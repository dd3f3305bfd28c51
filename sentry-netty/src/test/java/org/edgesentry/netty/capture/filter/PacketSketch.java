package org.edgesentry.netty.capture.filter;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import java.util.Set;
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
    /** The byte of the data offset, whose lower half is reserved. */
    int dataOffset = 0x50;
    /** Type of an ICMP message, also behind hop-by-hop options. */
    int messageType;
    /** Of IPv6: what follows an extension header, and how long that is beyond its first 8 bytes, in such units. */
    int nextNextHeader;
    int extensionLength;
    /** Bytes from the transport header on, by IPv4's own total length. */
    int transportBytes = 20;
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
        packet.protocol = pick(random, 6, 6, 6, 17, 17, 132, 1, 58, 0, 43, 44, 50, 51, 60, 135, 139, 140, 47, 89, 2, 4,
                41, 253, 254);
        if (packet.protocol == 1 || packet.protocol == 58) {
            packet.protocol = packet.etherType == IPV6 ? 58 : 1;
        }
        packet.fragment = pick(random, 0, 0, 0, 0, 0x4000, 0x2000, 1, 0x2001, 2, 0x1fff, 0x2100);
        packet.port = port(random, interestingPorts);
        packet.sourcePort = port(random, interestingPorts);
        packet.flags = random.nextInt(64);
        packet.dataOffset = 0x50 | random.nextInt(16);
        packet.messageType = pick(random, 0, 3, 8, 13, 15, 17, 18, 127, 128, 129, 130, 134, 135, 136, 139, 140,
                143);
        packet.nextNextHeader = pick(random, 6, 58, 60);
        packet.extensionLength = pick(random, 0, 0, 0, 1);
        packet.transportBytes = pick(random, 20, 20, 20, 8, 13, 14, 16);
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
            packet.put(0, (byte) (0x40 | headerWords)).putShort(2, (short) (headerWords * 4 + transportBytes))
                    .putShort(6, (short) fragment).put(9, (byte) protocol);
        } else {
            packet.put(0, (byte) 0x60).put(6, (byte) protocol);
        }
        int transport = transportOffset();
        packet.putShort(transport, (short) sourcePort).putShort(transport + 2, (short) port);
        packet.put(transport + 12, (byte) dataOffset).put(transport + 13, (byte) flags);
        if (protocol == 1 || protocol == 58) {
            packet.put(transport, (byte) messageType);
        }
        if (isExtended()) {
            packet.put(transport, (byte) nextNextHeader).put(transport + 1, (byte) extensionLength)
                    .put(transport + 8, (byte) messageType);
        }
        return Arrays.copyOf(packet.array(), Math.min(length, transport + 20));
    }

    private boolean isExtended() {
        return etherType == IPV6 && Set.of(0, 43, 44, 51, 60, 135, 139, 140).contains(protocol);
    }

    /** Whether its transport header may lie far behind. */
    boolean mayBeLong() {
        return isExtended() || etherType == 0x8100 || etherType == 0x88a8;
    }

    /** What the filter promises, for packets of which it may see every interface. */
    public boolean isWanted(TrapFilter traps) {
        int there = Math.min(length, transportOffset() + 20);
        if (packetType > 2) {
            return packetType == 4 && isQuestion(traps, there);
        }
        return switch (etherType) {
            case IPV4 -> isWantedIpv4(traps, there);
            case IPV6 -> there > 6 && isWantedIpv6(traps, there);
            default -> etherType == 0x8100 || etherType == 0x88a8;
        };
    }

    private boolean isQuestion(TrapFilter traps, int there) {
        boolean readable = etherType == IPV4 && (fragment & 0x1fff) == 0 || etherType == IPV6;
        int bytes = there - transportOffset();
        return readable && (protocol == 17 && bytes >= 2 && traps.udpQuestions().contains(sourcePort)
                || protocol == 6 && bytes >= 14 && (flags & 0x12) == 0x02 && isOpening(traps));
    }

    private boolean isOpening(TrapFilter traps) {
        return traps.tcpPorts().contains(sourcePort)
                && traps.ephemeral().filter(range -> !range.contains(sourcePort)).isPresent();
    }

    private boolean isWantedIpv4(TrapFilter traps, int there) {
        if (there < 10) {
            return false;
        }
        int fragmentOffset = fragment & 0x1fff;
        if (fragmentOffset > 0) {
            return fragmentOffset == 1 && (protocol == 6 || protocol == 132);
        }
        return isWantedTransport(traps, there, transportBytes);
    }

    private boolean isWantedIpv6(TrapFilter traps, int there) {
        if (protocol == 0) {
            return isWantedHopByHop(there);
        }
        return isExtended() || isWantedTransport(traps, there, Integer.MAX_VALUE);
    }

    private boolean isWantedHopByHop(int there) {
        if (there <= 40 || nextNextHeader == 58 && there <= 41) {
            return false;
        }
        boolean readable = nextNextHeader == 58 && extensionLength == 0;
        return !readable || there > 48 && !Set.of(130, 131, 132, 143).contains(messageType);
    }

    private boolean isWantedTransport(TrapFilter traps, int there, int claimedBytes) {
        int bytes = there - transportOffset();
        return switch (protocol) {
            case 6 -> claimedBytes < 14 || bytes >= 0 && (bytes < 14 || isWantedTcp(traps));
            case 17 -> bytes >= 4 && traps.udpPorts().contains(port)
                    || bytes >= 2 && traps.gateway() && traps.udpPorts().contains(sourcePort);
            case 132 -> bytes >= 4 && traps.tcpPorts().contains(port);
            case 1 -> traps.gateway() || bytes >= 1 && Set.of(8, 13, 15, 17).contains(messageType);
            case 58 -> bytes >= 1 && (Set.of(128, 139).contains(messageType)
                    || traps.gateway() && (messageType < 128 || messageType == 129 || messageType == 140));
            default -> !Set.of(2, 4, 41, 47, 50).contains(protocol);
        };
    }

    private boolean isWantedTcp(TrapFilter traps) {
        boolean syn = (flags & 0x02) != 0;
        boolean reset = (flags & 0x04) != 0;
        boolean ack = (flags & 0x10) != 0;
        boolean crafted = syn ? (flags & 0x05) != 0 || !ack && (dataOffset & 0x0e) != 0 : !ack && !reset;
        if (crafted || syn && !ack) {
            return crafted || traps.tcpPorts().contains(port);
        }
        if (reset || syn) {
            return traps.gateway() && (reset || traps.tcpPorts().contains(sourcePort));
        }
        return traps.tcpPorts().contains(port)
                && traps.ephemeral().filter(range -> range.contains(port)).isEmpty();
    }

    private int transportOffset() {
        return etherType == IPV4 ? headerWords * 4 : 40;
    }

    @Override
    public String toString() {
        return String.format("type %d if %d vlan %x ether %x ihl %d proto %d frag %x ports %d %d flags %x offset %x "
                        + "type %d next %d+%d claims %d length %d",
                packetType, interfaceIndex, vlanTag, etherType, headerWords, protocol, fragment, sourcePort, port,
                flags, dataOffset, messageType, nextNextHeader, extensionLength, transportBytes, length);
    }
}
