package org.edgesentry.netty.capture.pcap;

import java.util.List;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.edgesentry.core.net.IpProtocol;
import org.edgesentry.core.net.PortSet;
import org.edgesentry.netty.capture.TrapFilter;
import org.edgesentry.netty.capture.filter.Curiosities;
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

    private static final String FIRST_FRAGMENT = "ip[6:2] & 0x1fff = 0";
    private static final String SECOND_FRAGMENT = "(ip[6:2] & 0x1fff = 1 and (ip[9] = 6 or ip[9] = 132))";
    /** A TCP header without its flags in it. Comes first: what follows may then read the flags. */
    private static final String HIDDEN_FLAGS = "(ip[9] = 6 and " + FIRST_FRAGMENT
            + " and ip[2:2] - ((ip[0] & 0xf) << 2) < 14)";
    private static final String EXTENSION_HEADERS = "((ip6[6] = 0 and (ip6[40] != 58 or ip6[41] != 0 or not "
            + anyOf("ip6[48]", Curiosities.MULTICAST_REPORTS) + ")) or ip6[6] = 43 or ip6[6] = 44"
            + " or ip6[6] = 51 or ip6[6] = 60 or ip6[6] = 135 or ip6[6] = 139 or ip6[6] = 140)";
    private static final String ICMP_QUESTION = "(ip[9] = 1 and " + FIRST_FRAGMENT + " and "
            + anyOf("icmp[0]", Curiosities.ICMP_QUESTIONS) + ")";
    private static final String ICMPV6_QUESTION = "(ip6[6] = 58 and "
            + anyOf("ip6[40]", Curiosities.ICMPV6_QUESTIONS) + ")";
    private static final List<Integer> KNOWN_PROTOCOLS = Stream.concat(Curiosities.COMMON_PROTOCOLS.stream(),
            Stream.of(IpProtocol.ICMP, IpProtocol.TCP, IpProtocol.UDP, IpProtocol.ICMPV6, IpProtocol.SCTP)).toList();
    private static final String SELDOM_PROTOCOL = "((ip and " + FIRST_FRAGMENT + " and not "
            + anyOf("ip[9]", KNOWN_PROTOCOLS) + ") or (ip6 and ip6[6] != 0 and not "
            + anyOf("ip6[6]", KNOWN_PROTOCOLS) + "))";
    private static final String VLAN = "(ether proto 0x8100 or ether proto 0x88a8)";

    private PcapExpression() {
    }

    /** The expression, in brackets. */
    static String of(TrapFilter traps) {
        StringJoiner any = new StringJoiner(" or ", "(", ")");
        any.add(HIDDEN_FLAGS).add(crafted("tcp[12]", "tcp[13]")).add("(ip6[6] = 6 and " + crafted("ip6[52]", "ip6[53]")
                + ")");
        if (!traps.tcpPorts().isEmpty()) {
            any.add("(" + ports("tcp dst", traps.tcpPorts()) + " and " + noAnswer(traps.ephemeral()) + ")");
            any.add(ports("sctp dst", traps.tcpPorts()));
        }
        if (!traps.udpPorts().isEmpty()) {
            any.add(ports("udp dst", traps.udpPorts()));
        }
        any.add(SECOND_FRAGMENT).add(EXTENSION_HEADERS).add(VLAN).add(SELDOM_PROTOCOL);
        if (traps.gateway()) {
            addAnswers(any, traps);
        } else {
            any.add(ICMP_QUESTION).add(ICMPV6_QUESTION);
        }
        return any.toString();
    }

    private static void addAnswers(StringJoiner any, TrapFilter traps) {
        any.add("(tcp[13] & 0x04 != 0)").add("(ip6[6] = 6 and ip6[53] & 0x04 != 0)");
        if (!traps.tcpPorts().isEmpty()) {
            any.add("(" + ports("tcp src", traps.tcpPorts()) + " and (tcp[13] & 0x12 = 0x12 or (ip6[6] = 6 and "
                    + "ip6[53] & 0x12 = 0x12)))");
        }
        if (!traps.udpPorts().isEmpty()) {
            any.add(ports("udp src", traps.udpPorts()));
        }
        any.add("(ip[9] = 1 and " + FIRST_FRAGMENT + ")").add("(ip6[6] = 58 and (ip6[40] < "
                + Curiosities.ICMPV6_FIRST_QUESTION + " or " + anyOf("ip6[40]", Curiosities.ICMPV6_QUESTIONS) + " or "
                + anyOf("ip6[40]", Curiosities.ICMPV6_QUESTIONS.stream().map(type -> type + 1).toList()) + "))");
    }

    /** A TCP segment that no honest program makes. */
    private static String crafted(String reserved, String flags) {
        return "(" + flags + " & 0x16 = 0 or (" + flags + " & 0x02 != 0 and (" + flags + " & 0x05 != 0 or (" + flags
                + " & 0x10 = 0 and " + reserved + " & " + Curiosities.TCP_RESERVED_BITS + " != 0))))";
    }

    private static String anyOf(String field, List<Integer> values) {
        return values.stream().map(value -> field + " = " + value).collect(Collectors.joining(" or ", "(", ")"));
    }

    /** What the questions of this host look like as they leave it. */
    static String ofQuestions(TrapFilter traps) {
        StringJoiner any = new StringJoiner(" or ", "(outbound and (", "))");
        if (!traps.udpQuestions().isEmpty()) {
            any.add(ports("udp src", traps.udpQuestions()));
        }
        traps.ephemeral().filter(range -> traps.showsOpenings()).ifPresent(range -> any.add("("
                + ports("tcp src", traps.tcpPorts()) + " and not tcp src portrange " + range.first() + "-"
                + range.last() + " and ((ip and tcp[13] & 0x12 = 0x02) or (ip6[6] = 6 and ip6[53] & 0x12 = 0x02)))"));
        return any.toString();
    }

    private static String noAnswer(Optional<EphemeralRange> ephemeral) {
        return "not (ip and " + answer("tcp[13]", ephemeral) + ") and not (ip6 and " + answer("ip6[53]", ephemeral)
                + ")";
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
