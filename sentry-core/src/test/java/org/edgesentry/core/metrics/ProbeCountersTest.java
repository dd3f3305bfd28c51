package org.edgesentry.core.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import org.edgesentry.core.probe.ProbeSource;
import org.edgesentry.core.probe.Verdict;
import org.junit.jupiter.api.Test;

class ProbeCountersTest {

    private final ProbeCounters counters = new ProbeCounters();

    @Test
    void lost_ofEachSource_areProbes() {
        counters.countLost(ProbeSource.CAPTURE);
        counters.countLost(ProbeSource.CAPTURE);
        counters.countLost(ProbeSource.TRAP);

        assertThat(counters.lost()).isEqualTo(3);
        assertThat(counters.lost(ProbeSource.CAPTURE)).isEqualTo(2);
        assertThat(counters.messagesLost()).isZero();
    }

    /** Else a flood would seem to have lost more than was sent. */
    @Test
    void lost_messageOfTheDaemonToItself_isNoProbe() {
        counters.countLost(ProbeSource.COMMAND);

        assertThat(counters.lost()).isZero();
        assertThat(counters.messagesLost()).isOne();
    }

    @Test
    void count_judged_isInOneSeries() {
        counters.count(ProbeSource.CAPTURE, Verdict.PROBE);
        counters.count(ProbeSource.TRAP, Verdict.PROBE);
        counters.count(ProbeSource.TRAP, Verdict.IGNORED);

        assertThat(counters.probes(Verdict.PROBE)).isEqualTo(2);
        assertThat(counters.probes(ProbeSource.TRAP, Verdict.PROBE)).isOne();
        assertThat(counters.probes()).isEqualTo(3);
    }
}
