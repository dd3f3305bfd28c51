package org.edgesentry.core.metrics;

import org.HdrHistogram.Histogram;
import org.HdrHistogram.WriterReaderPhaser;
import org.edgesentry.core.limits.Limits;

/**
 * How long something took, each time: an HdrHistogram from a microsecond to an hour, within one per cent.
 *
 * <p>The writer fills one of two histograms; a reader exchanges them, waits until the writer is out of the one that it
 * takes, and adds that up. {@link WriterReaderPhaser} orders them: the writer never waits, and pays for two atomic
 * additions a call, which is why it may bring many times at once. {@code SingleWriterRecorder} works so too, but pays
 * for each.
 *
 * <p>Thread: {@link #record} one; {@link #snapshot} any. Unit: nanoseconds.
 */
public final class LatencyHistogram {

    private static final long UNIT_NANOS = 1_000;
    private static final int DIGITS = 2;
    private static final long READER_PAUSE_NANOS = 100_000;

    private final WriterReaderPhaser phaser = new WriterReaderPhaser();
    private final Histogram all = histogram();
    private volatile Interval active = new Interval();
    private Interval idle = new Interval();
    private long allNanos;

    private static Histogram histogram() {
        return new Histogram(UNIT_NANOS, Limits.LONGEST_LATENCY_NANOS, DIGITS);
    }

    /** Something took so long. */
    public void record(long nanos) {
        long entered = phaser.writerCriticalSectionEnter();
        try {
            active.record(nanos);
        } finally {
            phaser.writerCriticalSectionExit(entered);
        }
    }

    /** The first so many of these are times. */
    void record(long[] nanos, int count) {
        long entered = phaser.writerCriticalSectionEnter();
        try {
            Interval into = active;
            for (int i = 0; i < count; i++) {
                into.record(nanos[i]);
            }
        } finally {
            phaser.writerCriticalSectionExit(entered);
        }
    }

    /** All times so far. */
    public synchronized LatencySnapshot snapshot() {
        phaser.readerLock();
        try {
            Interval done = active;
            active = idle;
            idle = done;
            phaser.flipPhase(READER_PAUSE_NANOS);
        } finally {
            phaser.readerUnlock();
        }
        all.add(idle.counts);
        allNanos += idle.nanos;
        idle.clear();
        return new LatencySnapshot(all.copy(), allNanos);
    }

    /** What was recorded between two readers. */
    private static final class Interval {

        private final Histogram counts = histogram();
        private long nanos;

        /** Two clocks may differ by a little, and a clock that is set by much: neither may go beyond the bounds. */
        void record(long took) {
            long within = Math.max(0, Math.min(took, Limits.LONGEST_LATENCY_NANOS));
            counts.recordValue(within);
            nanos += within;
        }

        void clear() {
            counts.reset();
            nanos = 0;
        }
    }
}
