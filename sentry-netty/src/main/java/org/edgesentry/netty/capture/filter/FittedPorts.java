package org.edgesentry.netty.capture.filter;

import java.util.Comparator;
import java.util.stream.IntStream;
import org.edgesentry.core.net.PortSet;
import org.edgesentry.netty.capture.TrapFilter;

/**
 * The ports of a filter as intervals that fit into one program together.
 *
 * <p>Thread: immutable.
 *
 * @param tcp trap ports of TCP and SCTP
 * @param udp trap ports of UDP
 * @param questions UDP source ports that are watched in outgoing datagrams; often the same as udp, and then one tree
 *         serves both
 * @param answers UDP source ports of answers, on a gateway: those of udp, in a tree of their own
 * @param merged intervals that were joined with a neighbour
 */
record FittedPorts(PortIntervals tcp, PortIntervals udp, PortIntervals questions,
                   PortIntervals answers, int merged) {

    /** At most so many intervals in all, shared fairly: who needs less leaves it to the others. */
    static FittedPorts of(TrapFilter traps, int maxIntervals) {
        PortIntervals tcp = PortIntervals.of(traps.tcpPorts());
        PortIntervals udp = PortIntervals.of(traps.udpPorts());
        PortIntervals questions = PortIntervals.of(traps.udpQuestions());
        PortIntervals answers = PortIntervals.of(traps.gateway() ? traps.udpPorts() : PortSet.EMPTY);
        boolean oneTree = questions.equals(udp);
        int[] wanted = {tcp.count(), udp.count(), oneTree ? 0 : questions.count(), answers.count()};
        int[] share = shares(maxIntervals, wanted);
        PortIntervals udpFitted = udp.mergedTo(share[1]);
        return new FittedPorts(tcp.mergedTo(share[0]), udpFitted,
                oneTree ? udpFitted : questions.mergedTo(share[2]), answers.mergedTo(share[3]),
                IntStream.of(wanted).sum() - IntStream.of(share).sum());
    }

    private static int[] shares(int all, int[] wanted) {
        int[] share = new int[wanted.length];
        int left = all;
        int takers = wanted.length;
        for (int i : IntStream.range(0, wanted.length).boxed().sorted(Comparator.comparing(i -> wanted[i])).toList()) {
            share[i] = Math.min(wanted[i], left / takers--);
            left -= share[i];
        }
        return share;
    }

    /** Whether one tree serves the UDP traps and the questions. */
    boolean questionsAreTraps() {
        return questions.equals(udp);
    }
}
