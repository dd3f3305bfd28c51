package org.edgesentry.netty.capture.pcap;

import java.util.Optional;
import java.util.StringJoiner;
import org.edgesentry.core.net.PortSet;
import org.edgesentry.netty.capture.TrapFilter;
import org.edgesentry.netty.capture.filter.PortIntervals;
import org.edgesentry.netty.host.EphemeralRange;

/**
 * Writes the trap filter as a libpcap expression (pcap-filter(7)), with the meaning of
 * {@link org.edgesentry.netty.capture.filter.TrapFilterProgram}; direction and interface are the handle's affair.
 *
 * <p>Thread: any.
 */
final class PcapExpression {

    /**
     * libpcap compiles each range by itself, for IPv4 and IPv6; with this many the program fits the kernel's 4,096
     * instructions and is compiled in a fraction of a second. Beyond, the nearest ranges are merged.
     */
    static final int MAX_INTERVALS = 100;

    private static final String WHOLE_IPV4 = "ip[6:2] & 0x3fff = 0";
    private static final String SECOND_FRAGMENT = "(ip[6:2] & 0x1fff = 1 and (ip[9] = 6 or ip[9] = 132))";
    private static final String EXTENSION_HEADERS = "((ip6[6] = 0 and ip6[40] != 58) or ip6[6] = 43 or ip6[6] = 44"
            + " or ip6[6] = 51 or ip6[6] = 60 or ip6[6] = 135 or ip6[6] = 139 or ip6[6] = 140)";
    private static final String VLAN = "(ether proto 0x8100 or ether proto 0x88a8)";
    /** No packet is shorter than nothing. */
    private static final String NOTHING = "(less 0)";

    private PcapExpression() {
    }

    /** The expression, in brackets. */
    static String of(TrapFilter traps) {
        if (traps.isEmpty()) {
            return NOTHING;
        }
        StringJoiner any = new StringJoiner(" or ", "(", ")");
        if (!traps.tcpPorts().isEmpty()) {
            any.add("(" + ports("tcp dst", traps.tcpPorts()) + " and " + noAnswer(traps.ephemeral()) + ")");
            any.add(ports("sctp dst", traps.tcpPorts()));
            any.add(SECOND_FRAGMENT);
        }
        if (!traps.udpPorts().isEmpty()) {
            any.add(ports("udp dst", traps.udpPorts()));
        }
        return any.add(EXTENSION_HEADERS).add(VLAN).toString();
    }

    /** What the questions of this host look like as they leave it. */
    static String ofQuestions(TrapFilter traps) {
        return "(outbound and " + ports("udp src", traps.udpQuestions()) + ")";
    }

    private static String noAnswer(Optional<EphemeralRange> ephemeral) {
        return "not (" + WHOLE_IPV4 + " and " + answer("tcp[13]", ephemeral) + ") and not (ip6 and "
                + answer("ip6[53]", ephemeral) + ")";
    }

    /** RST, SYN and ACK together, or ACK to a port of our own connections: never a probe. */
    private static String answer(String flags, Optional<EphemeralRange> ephemeral) {
        String ours = ephemeral.map(range -> " or (" + flags + " & 0x10 != 0 and tcp dst portrange " + range.first()
                + "-" + range.last() + ")").orElse("");
        return "(" + flags + " & 0x04 != 0 or " + flags + " & 0x12 = 0x12" + ours + ")";
    }

    private static String ports(String field, PortSet ports) {
        StringJoiner any = new StringJoiner(" or ", "(", ")");
        for (PortIntervals.Interval interval : PortIntervals.of(ports).mergedTo(MAX_INTERVALS).intervals()) {
            any.add(field + " portrange " + interval.first() + "-" + interval.last());
        }
        return any.toString();
    }
}
