package org.edgesentry.netty.capture.filter;

import java.util.List;
import org.edgesentry.core.net.IpProtocol;

/**
 * What scanners send beside probes of ports, and hardly anybody else: both filters let it through, whatever the port.
 *
 * <p>TCP segments that no honest program makes: without any of SYN, ACK and RST (NULL, FIN, XMAS: RFC 9293
 * 3.10.7.4 drops them in every state), SYN together with FIN or RST, and SYN with a reserved bit.
 *
 * <p>Thread: immutable.
 */
public final class Curiosities {

    /** Echo, timestamp, information (RFC 792), address mask (RFC 950). */
    public static final List<Integer> ICMP_QUESTIONS = List.of(8, 13, 15, 17);
    /** Echo (RFC 4443), node information (RFC 4620). */
    public static final List<Integer> ICMPV6_QUESTIONS = List.of(128, 139);
    /** The first type that is no error. */
    public static final int ICMPV6_FIRST_QUESTION = 128;
    /** Reports about multicast that each neighbour sends: MLD (RFC 2710, RFC 3810). */
    public static final List<Integer> MULTICAST_REPORTS = List.of(130, 131, 132, 143);
    /**
     * IP protocols that count for nothing: IGMP, and tunnels (IP in IP, IPv6 in IPv4, GRE, ESP), whose traffic would
     * otherwise be copied packet by packet. A scan of IP protocols asks for enough others.
     */
    public static final List<Integer> COMMON_PROTOCOLS = List.of(IpProtocol.IGMP, 4, 41, 47, 50);
    /** The reserved bits beside the data offset (RFC 9293 3.1); the fourth has become the flag of Accurate ECN. */
    public static final int TCP_RESERVED_BITS = 0x0e;

    private Curiosities() {
    }
}
