package org.edgesentry.core.metrics;

import java.util.concurrent.atomic.LongAdder;
import org.edgesentry.core.probe.ProbeSource;
import org.edgesentry.core.probe.Verdict;

/**
 * How many probes came and what became of them: each in exactly one of {@code (source, verdict)}, or lost.
 *
 * <p>Thread: {@link #count} by the pipeline only; {@link #countLost} by any source; reading by anybody, without a lock.
 */
public final class ProbeCounters {

    private static final int VERDICTS = Verdict.values().length;
    private static final int SOURCES = ProbeSource.values().length;

    private final SingleWriterCounters counts = new SingleWriterCounters(SOURCES * VERDICTS);
    private final LongAdder[] lost = new LongAdder[SOURCES];
    private final LongAdder actionsLost = new LongAdder();

    /** All counters at zero. */
    public ProbeCounters() {
        for (int i = 0; i < SOURCES; i++) {
            lost[i] = new LongAdder();
        }
    }

    /** Counts one judged probe. */
    public void count(ProbeSource source, Verdict verdict) {
        counts.increment(index(source, verdict));
    }

    /** Counts one probe that found the ring full. */
    public void countLost(ProbeSource source) {
        lost[source.ordinal()].increment();
    }

    /** Counts one request that found the action ring full. */
    public void countActionLost() {
        actionsLost.increment();
    }

    /** Probes from a source that got this verdict. */
    public long probes(ProbeSource source, Verdict verdict) {
        return counts.get(index(source, verdict));
    }

    /** Probes of all sources that got this verdict. */
    public long probes(Verdict verdict) {
        long sum = 0;
        for (ProbeSource source : ProbeSource.values()) {
            sum += probes(source, verdict);
        }
        return sum;
    }

    /** Probes that were judged, whatever the verdict. */
    public long probes() {
        long sum = 0;
        for (Verdict verdict : Verdict.values()) {
            sum += probes(verdict);
        }
        return sum;
    }

    /** Probes that found the ring full. */
    public long lost(ProbeSource source) {
        return lost[source.ordinal()].sum();
    }

    /** Probes of all sources that found the ring full; messages of the daemon to itself are none. */
    public long lost() {
        long sum = 0;
        for (ProbeSource source : ProbeSource.values()) {
            sum += source == ProbeSource.COMMAND ? 0 : lost(source);
        }
        return sum;
    }

    /** Messages of the daemon to its own pipeline that found the ring full. */
    public long messagesLost() {
        return lost(ProbeSource.COMMAND);
    }

    /** Requests that found the action ring full. */
    public long actionsLost() {
        return actionsLost.sum();
    }

    private static int index(ProbeSource source, Verdict verdict) {
        return source.ordinal() * VERDICTS + verdict.ordinal();
    }
}
