package org.edgesentry.core.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import org.assertj.core.data.Percentage;
import org.edgesentry.core.limits.Limits;
import org.edgesentry.core.probe.EventKind;
import org.edgesentry.core.probe.ProbeEvent;
import org.edgesentry.core.probe.ProbeSource;
import org.edgesentry.core.probe.Verdict;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ProbeTimesTest {

    private static final long NOON = 43_200_000_000_000L;

    private long now = NOON;
    private int readings;
    private final ProbeTimes times = new ProbeTimes(() -> {
        readings++;
        return now;
    });

    private static ProbeEvent probe(long epochNanos) {
        ProbeEvent event = new ProbeEvent();
        event.kind = EventKind.PROBE;
        event.seenBy = ProbeSource.CAPTURE;
        event.verdict = Verdict.PROBE;
        event.epochNanos = epochNanos;
        return event;
    }

    @Test
    void batch_isMeasuredAgainstItsEnd_withOneReadingOfTheClock() {
        times.judged(probe(NOON - 3_000_000), false);
        times.judged(probe(NOON - 2_000_000), false);
        times.judged(probe(NOON - 1_000_000), true);
        LatencySnapshot all = times.toVerdict().snapshot();
        assertThat(all.count()).isEqualTo(3);
        assertThat(all.sumNanos()).isEqualTo(6_000_000);
        assertThat(all.percentileNanos(50)).isCloseTo(2_000_000, Percentage.withPercentage(1));
        assertThat(readings).isEqualTo(1);
    }

    @Test
    void standstill_makesEveryProbeOfItLate() {
        for (int millis = 100; millis > 0; millis--) {
            times.judged(probe(NOON - millis * 1_000_000L), millis == 1);
        }
        assertThat(times.toVerdict().snapshot().percentileNanos(50))
                .isCloseTo(50_000_000, Percentage.withPercentage(1));
    }

    @Test
    void longBatch_readsTheClockInBetween() {
        for (int i = 0; i < 10 * Limits.PROBES_PER_CLOCK_READING; i++) {
            times.judged(probe(NOON), false);
        }
        assertThat(readings).isEqualTo(10);
        assertThat(times.toVerdict().snapshot().count()).isEqualTo(10L * Limits.PROBES_PER_CLOCK_READING);
    }

    @ParameterizedTest
    @EnumSource(value = Verdict.class, mode = EnumSource.Mode.EXCLUDE, names = "PROBE")
    void otherVerdicts_areNotRecorded_andCostNoReading(Verdict verdict) {
        ProbeEvent event = probe(NOON);
        event.verdict = verdict;
        times.judged(event, true);
        assertThat(times.toVerdict().snapshot().count()).isZero();
        assertThat(readings).isZero();
    }

    @Test
    void messagesOfThePipelineToItself_areNotRecorded() {
        ProbeEvent told = probe(NOON);
        told.seenBy = ProbeSource.COMMAND;
        times.judged(told, true);
        ProbeEvent tick = probe(NOON);
        tick.kind = EventKind.TICK;
        times.judged(tick, true);
        assertThat(times.toVerdict().snapshot().count()).isZero();
    }
}
