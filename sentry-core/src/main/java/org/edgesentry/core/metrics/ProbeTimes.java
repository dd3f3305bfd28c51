package org.edgesentry.core.metrics;

import org.edgesentry.core.limits.Limits;
import org.edgesentry.core.probe.EventKind;
import org.edgesentry.core.probe.JudgedEvents;
import org.edgesentry.core.probe.ProbeEvent;
import org.edgesentry.core.probe.ProbeSource;
import org.edgesentry.core.probe.Verdict;
import org.edgesentry.core.time.WallClock;

/**
 * How long it takes from a probe to its verdict, for every probe of a trap.
 *
 * <p>The time begins with the stamp that the kernel gave the packet (for a bound trap, when the connection was taken),
 * so it includes all waiting: in the kernel's buffer, in the ring, behind other probes. That is the correction for
 * coordinated omission: a pipeline that stands for 100 ms makes every probe of that time late, not one. Each packet is
 * its own expected arrival, and nothing has to be guessed.
 *
 * <p>The clock is read once a batch, at its end, and once for {@link Limits#PROBES_PER_CLOCK_READING} probes of a long
 * one. So a time may be told too long by what the rest of the batch took, never too short.
 *
 * <p>Thread: that of the last handler; {@link #toVerdict} any.
 */
public final class ProbeTimes implements JudgedEvents {

    private final WallClock clock;
    private final long[] waiting = new long[Limits.PROBES_PER_CLOCK_READING];
    private final LatencyHistogram toVerdict = new LatencyHistogram();
    private int count;

    /** @param clock is read on the way of the probes: it must not allocate */
    public ProbeTimes(WallClock clock) {
        this.clock = clock;
    }

    @Override
    public void judged(ProbeEvent event, boolean endOfBatch) {
        if (event.verdict == Verdict.PROBE && event.kind == EventKind.PROBE && event.seenBy != ProbeSource.COMMAND) {
            waiting[count++] = event.epochNanos;
        }
        if (count == waiting.length || endOfBatch && count > 0) {
            record();
        }
    }

    private void record() {
        long now = clock.epochNanos();
        for (int i = 0; i < count; i++) {
            waiting[i] = now - waiting[i];
        }
        toVerdict.record(waiting, count);
        count = 0;
    }

    /** From the probe to its verdict, all queues included. */
    public LatencyHistogram toVerdict() {
        return toVerdict;
    }
}
