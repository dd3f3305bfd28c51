package org.edgesentry.core.frames;

import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import org.edgesentry.core.decode.LinkType;
import org.edgesentry.core.net.TcpFlags;

/**
 * A good frame of each kind that the decoder reads, as a start for tests that spoil them.
 *
 * @param name what it is
 * @param link what it begins with
 * @param bytes the frame
 */
public record SampleFrame(String name, LinkType link, byte[] bytes) {

    private static final String SOURCE4 = "192.0.2.7";
    private static final String TARGET4 = "198.51.100.1";
    private static final String SOURCE6 = "2001:db8::7";
    private static final String TARGET6 = "2001:db8:1::1";
    private static final byte[] TCP_SYN = FrameBuilder.raw().tcp(40000, 22, TcpFlags.SYN).payload(20).bytes();

    /** All of them. */
    public static List<SampleFrame> all() {
        return List.of(
                ethernet("TCP", ipv4(FrameBuilder.ethernet()).tcp(40000, 22, TcpFlags.SYN).payload(10)),
                ethernet("TCP with IP options", FrameBuilder.ethernet().ipv4(SOURCE4, TARGET4, 12)
                        .tcp(40000, 22, TcpFlags.FIN).payload(10)),
                ethernet("UDP", ipv4(FrameBuilder.ethernet()).udp(40000, 53).payload(10)),
                ethernet("padded UDP", ipv4(FrameBuilder.ethernet()).udp(40000, 53).trailer(18)),
                ethernet("SCTP", ipv4(FrameBuilder.ethernet()).sctp(40000, 2905, 1)),
                ethernet("ICMP", ipv4(FrameBuilder.ethernet()).icmp(13, 1).payload(10)),
                ethernet("GRE", ipv4(FrameBuilder.ethernet()).protocol(47, new byte[12])),
                ethernet("QinQ", ipv4(FrameBuilder.ethernet().tag(0x88A8, 1).tag(0x8100, 2)).udp(40000, 53)),
                ethernet("SNAP", ipv4(FrameBuilder.ethernet().snap(0)).udp(40000, 53)),
                ethernet("ARP", FrameBuilder.ethernet().protocol(0x0806, new byte[28])),
                ethernet("first fragment", fragment4(4, 0, 16)),
                ethernet("half of a header", fragment4(5, 0, 8)),
                ethernet("other half", fragment4(5, 8, 16)),
                ethernet("later fragment", fragment4(5, 16, 40)),
                ethernet("TCP over IPv6", ipv6(FrameBuilder.ethernet()).tcp(40000, 22, TcpFlags.SYN)),
                ethernet("ICMPv6", ipv6(FrameBuilder.ethernet()).icmpv6(128, 1).payload(10)),
                ethernet("all extension headers", extended().udp(40000, 53)),
                ethernet("encrypted", ipv6(FrameBuilder.ethernet()).extension(60, 8).protocol(50, new byte[20])),
                ethernet("IPv6 first fragment", ipv6(FrameBuilder.ethernet()).fragment(5, 0, true)
                        .extension(60, 8).protocol(6, Arrays.copyOf(TCP_SYN, 24))),
                ethernet("IPv6 half of a header", ipv6(FrameBuilder.ethernet()).fragment(6, 0, true)
                        .protocol(6, Arrays.copyOf(TCP_SYN, 8))),
                ethernet("IPv6 other half", ipv6(FrameBuilder.ethernet()).fragment(6, 8, false)
                        .protocol(6, Arrays.copyOfRange(TCP_SYN, 8, 40))),
                new SampleFrame("SLL", LinkType.LINUX_SLL, ipv4(FrameBuilder.sll()).udp(40000, 53).bytes()),
                new SampleFrame("SLL2", LinkType.LINUX_SLL2, ipv6(FrameBuilder.sll2()).udp(40000, 53).bytes()),
                new SampleFrame("BSD loopback", LinkType.NULL,
                        ipv4(FrameBuilder.loopback(2, ByteOrder.LITTLE_ENDIAN)).udp(40000, 53).bytes()),
                new SampleFrame("OpenBSD loopback", LinkType.LOOP,
                        ipv6(FrameBuilder.loopback(24, ByteOrder.BIG_ENDIAN)).udp(40000, 53).bytes()),
                new SampleFrame("raw", LinkType.RAW, ipv6(FrameBuilder.raw()).udp(40000, 53).bytes()),
                new SampleFrame("raw IPv4", LinkType.IPV4, ipv4(FrameBuilder.raw()).udp(40000, 53).bytes()),
                new SampleFrame("raw IPv6", LinkType.IPV6, ipv6(FrameBuilder.raw()).udp(40000, 53).bytes()));
    }

    private static SampleFrame ethernet(String name, FrameBuilder frame) {
        return new SampleFrame(name, LinkType.ETHERNET, frame.bytes());
    }

    private static FrameBuilder ipv4(FrameBuilder link) {
        return link.ipv4(SOURCE4, TARGET4);
    }

    private static FrameBuilder ipv6(FrameBuilder link) {
        return link.ipv6(SOURCE6, TARGET6);
    }

    private static FrameBuilder fragment4(int identification, int from, int to) {
        return FrameBuilder.ethernet().ipv4Fragment(SOURCE4, TARGET4, identification, from, to < TCP_SYN.length)
                .protocol(6, Arrays.copyOfRange(TCP_SYN, from, to));
    }

    private static FrameBuilder extended() {
        return ipv6(FrameBuilder.ethernet()).extension(0, 8).extension(60, 16).extension(43, 24)
                .fragment(1, 0, false).extension(51, 24).extension(135, 8).extension(139, 8).extension(140, 8);
    }

    @Override
    public String toString() {
        return name;
    }
}
