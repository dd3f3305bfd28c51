package org.edgesentry.netty.trap;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.edgesentry.actions.firewall.Steering;
import org.edgesentry.core.limits.Limits;
import org.edgesentry.core.net.AddressFamily;
import org.edgesentry.core.time.WallClock;
import org.edgesentry.netty.system.LibC;
import org.edgesentry.netty.system.NativeMemory;

/**
 * Answers a datagram with PORT_BANNER, from the address and port that it was sent to. Its source may be forged, so
 * {@link ReplyLimit} decides; ports below 1024 get no answer, since what listens there may answer in its turn, and
 * neither does what was sent to a group.
 *
 * <p>Thread: the traps' event loop; allocates nothing after the constructor.
 */
final class UdpGreeting {

    private static final int FIRST_USER_PORT = 1_024;
    private static final int VECTOR_AT = Datagram.HEADER_BYTES;
    private static final int CONTROL_AT = VECTOR_AT + Datagram.VECTOR_BYTES;
    private static final int PKTINFO_AT = CONTROL_AT + Datagram.CMSG_DATA;
    private static final int CONTROL_BYTES = 40;
    private static final int MARK_AT = CONTROL_AT + CONTROL_BYTES;
    private static final int ON_AT = MARK_AT + Integer.BYTES;
    /** {@code struct in_pktinfo}: interface, source address, (unused) destination address. */
    private static final int IPV4_PKTINFO_BYTES = 12;
    /** {@code struct in6_pktinfo}: source address, interface. */
    private static final int IPV6_PKTINFO_BYTES = 20;

    private final NativeMemory text;
    private final NativeMemory message = new NativeMemory(ON_AT + Integer.BYTES);
    private final ReplyLimit limit;
    private final WallClock clock;

    UdpGreeting(String banner, ReplyLimit limit, WallClock clock) {
        byte[] bytes = (banner + "\n").getBytes(StandardCharsets.UTF_8);
        this.text = NativeMemory.of(Arrays.copyOf(bytes, Math.min(bytes.length, Limits.UDP_REPLY_BYTES)));
        this.limit = limit;
        this.clock = clock;
        ByteBuffer header = message.host();
        header.putLong(Datagram.VECTOR, message.address(VECTOR_AT)).putLong(Datagram.VECTORS, 1);
        header.putLong(VECTOR_AT, text.address(0)).putLong(VECTOR_AT + Long.BYTES, text.size());
        header.putInt(MARK_AT, Steering.MARK).putInt(ON_AT, 1);
    }

    void answer(int fd, boolean steered, Datagram asked) {
        SocketAddressBytes source = asked.source();
        if (source.port() < FIRST_USER_PORT || isGroup(asked.destination())
                || !limit.tryTake(source.family(), source.hi(), source.lo(), clock.epochNanos())) {
            return;
        }
        message.host().putLong(0, source.address()).putInt(Datagram.NAME_LENGTH, source.length());
        if (steered) {
            sendFromNewSocket(asked);
        } else {
            sendFromTrap(fd, asked);
        }
    }

    /**
     * Multicast, and the IPv4 broadcast address; the kernel itself refuses to send from a network's broadcast
     * address.
     */
    private static boolean isGroup(SocketAddressBytes destination) {
        return destination.family() == AddressFamily.IPV4 ? destination.lo() >>> 28 >= 0xE
                : destination.hi() >>> 56 == 0xFF;
    }

    /** The trap is bound to the port that was asked; a control message names the address (IP_PKTINFO in ip(7)). */
    private void sendFromTrap(int fd, Datagram asked) {
        SocketAddressBytes destination = asked.destination();
        boolean ipv4 = destination.family() == AddressFamily.IPV4;
        int bytes = Datagram.CMSG_DATA + (ipv4 ? IPV4_PKTINFO_BYTES : IPV6_PKTINFO_BYTES);
        ByteBuffer control = message.host();
        control.putLong(CONTROL_AT, bytes);
        control.putInt(CONTROL_AT + Datagram.CMSG_LEVEL, ipv4 ? LibC.IPPROTO_IP : LibC.IPPROTO_IPV6);
        control.putInt(CONTROL_AT + Datagram.CMSG_TYPE, ipv4 ? LibC.IP_PKTINFO : LibC.IPV6_PKTINFO);
        if (ipv4) {
            control.putInt(PKTINFO_AT, 0).putInt(PKTINFO_AT + 8, 0);
            message.network().putInt(PKTINFO_AT + 4, (int) destination.lo());
        } else {
            message.network().putLong(PKTINFO_AT, destination.hi()).putLong(PKTINFO_AT + 8, destination.lo());
            control.putInt(PKTINFO_AT + 16, asked.source().scope());
        }
        control.putLong(Datagram.CONTROL, message.address(CONTROL_AT)).putLong(Datagram.CONTROL_LENGTH, bytes);
        LibC.sendmsg(fd, message.address(0), LibC.MSG_DONTWAIT);
    }

    /**
     * The listener behind a steering rule has a port of its own, and only a socket on the port that was asked can send
     * from it. Transparent and with our mark, so that neither rule takes it for a service or for a question.
     */
    private void sendFromNewSocket(Datagram asked) {
        SocketAddressBytes from = asked.destination();
        boolean ipv4 = from.family() == AddressFamily.IPV4;
        int fd = LibC.socket(ipv4 ? LibC.AF_INET : LibC.AF_INET6, LibC.SOCK_DGRAM | LibC.SOCK_CLOEXEC, 0);
        if (fd < 0) {
            return;
        }
        LibC.setsockopt(fd, ipv4 ? LibC.IPPROTO_IP : LibC.IPPROTO_IPV6,
                ipv4 ? LibC.IP_TRANSPARENT : LibC.IPV6_TRANSPARENT, message.address(ON_AT), Integer.BYTES);
        LibC.setsockopt(fd, LibC.SOL_SOCKET, LibC.SO_MARK, message.address(MARK_AT), Integer.BYTES);
        if (LibC.bind(fd, from.address(), from.length()) == 0) {
            message.host().putLong(Datagram.CONTROL, 0).putLong(Datagram.CONTROL_LENGTH, 0);
            LibC.sendmsg(fd, message.address(0), LibC.MSG_DONTWAIT);
        }
        LibC.close(fd);
    }
}
