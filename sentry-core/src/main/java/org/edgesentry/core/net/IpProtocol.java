package org.edgesentry.core.net;

/** IP protocol numbers that the decoder tells apart (IANA "Assigned Internet Protocol Numbers"). */
public final class IpProtocol {

    /** ICMP, RFC 792. */
    public static final int ICMP = 1;
    /** IGMP, RFC 9776. */
    public static final int IGMP = 2;
    /** TCP, RFC 9293. */
    public static final int TCP = 6;
    /** UDP, RFC 768. */
    public static final int UDP = 17;
    /** ICMPv6, RFC 4443. */
    public static final int ICMPV6 = 58;
    /** SCTP, RFC 9260. */
    public static final int SCTP = 132;

    private IpProtocol() {
    }

    /** Whether this is ICMP of either family. */
    public static boolean isIcmp(int protocol) {
        return protocol == ICMP || protocol == ICMPV6;
    }

    /** The name that log lines use: {@code TCP}, {@code UDP}, {@code SCTP}, {@code ICMP}, or {@code IP-n}. */
    public static String name(int protocol) {
        return switch (protocol) {
            case TCP -> "TCP";
            case UDP -> "UDP";
            case SCTP -> "SCTP";
            case ICMP -> "ICMP";
            case ICMPV6 -> "ICMPv6";
            default -> "IP-" + protocol;
        };
    }
}
