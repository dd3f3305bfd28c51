package org.edgesentry.core.classify;

import org.edgesentry.core.probe.ProbeEvent;

/**
 * Datagrams that look like questions to many ports and are none: answers whose question was not seen, since it is too
 * long ago, was sent elsewhere, or was forged; and the probes of traceroute.
 *
 * <p>A scan that takes the trouble to look like one of these is not seen. It learns little by it: such datagrams go to
 * ports from 1,024 on only.
 *
 * <p>Thread: any; keeps nothing.
 */
final class DatagramHabits {

    private static final int LOWEST_FREE_PORT = 1_024;
    private static final int DHCP_SERVER = 67;
    private static final int DHCP_CLIENT = 68;
    private static final int DHCPV6_SERVER = 547;
    private static final int DHCPV6_CLIENT = 546;
    /** First port of traceroute, one more for each probe; 255 hops with three probes each is its most. */
    private static final int FIRST_TRACE_PORT = 33_434;
    private static final int LAST_TRACE_PORT = FIRST_TRACE_PORT + 3 * 255;
    /** First port of tracepath, one more for each hop. */
    private static final int FIRST_PATH_PORT = 44_444;
    private static final int LAST_PATH_PORT = FIRST_PATH_PORT + 255;
    /** A probe arrives with its last breath; traceroute has sixteen under way, and thirty hops at most by default. */
    private static final int HIGHEST_TRACE_TTL = 32;

    private DatagramHabits() {
    }

    /** Whether a server sends this, to judge by its port and, where the protocol tells, by the payload. */
    static boolean isAnswer(ProbeEvent event) {
        if (event.sourcePort == DHCP_SERVER || event.sourcePort == DHCPV6_SERVER) {
            return event.destinationPort == DHCP_CLIENT || event.destinationPort == DHCPV6_CLIENT;
        }
        if (event.answerPayload && event.payloadLength > 0) {
            return event.destinationPort >= LOWEST_FREE_PORT || event.destinationPort == event.sourcePort;
        }
        // From a port to the same port both ends are servers, and each may have begun.
        return event.destinationPort >= LOWEST_FREE_PORT && event.destinationPort != event.sourcePort
                && event.payloadLength > 0 && isServer(event.sourcePort);
    }

    /** Ports whose servers are used to flood others, or answer late, and whose payload is not looked at. */
    private static boolean isServer(int port) {
        return switch (port) {
            // chargen, RPC, SNMP, LDAP, QUIC, IKE, RIP, OpenVPN, SQL browser, L2TP, SSDP, STUN, WS-Discovery, IKE NAT,
            // CoAP, memcached.
            case 19, 111, 161, 389, 443, 500, 520, 1194, 1434, 1701, 1900, 3478, 3702, 4500, 5683, 11_211 -> true;
            default -> false;
        };
    }

    /** Whether traceroute or tracepath sends this (traceroute(8), tracepath(8)). */
    static boolean isTrace(ProbeEvent event) {
        int port = event.destinationPort;
        return event.ttl <= HIGHEST_TRACE_TTL
                && (port >= FIRST_TRACE_PORT && port <= LAST_TRACE_PORT
                || port >= FIRST_PATH_PORT && port <= LAST_PATH_PORT);
    }
}
