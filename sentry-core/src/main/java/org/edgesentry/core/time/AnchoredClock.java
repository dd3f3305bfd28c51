package org.edgesentry.core.time;

import java.util.function.LongSupplier;

/**
 * The time of day for those who ask often: reading it allocates nothing and costs as much as {@link System#nanoTime},
 * to the nanosecond. It is the steady clock, brought in line with the time of day at each {@link #anchor}; in between a
 * clock that is set goes unnoticed.
 *
 * <p>Thread: {@link #anchor} one at a time, {@link #epochNanos} any. Unit: nanoseconds.
 */
public final class AnchoredClock implements WallClock {

    /** Between two readings of the clocks a thread may lose its core; of so many tries the shortest counts. */
    private static final int TRIES = 3;

    private final WallClock wall;
    private final LongSupplier steady;
    private volatile long differenceNanos;

    /** The machine's own clocks, anchored now. */
    public AnchoredClock() {
        this(new SystemWallClock(), System::nanoTime);
    }

    /** These clocks, anchored now; the steady one counts from any moment. */
    public AnchoredClock(WallClock wall, LongSupplier steady) {
        this.wall = wall;
        this.steady = steady;
        anchor();
    }

    /** Takes up what the time of day is now. */
    public void anchor() {
        long shortest = Long.MAX_VALUE;
        for (int i = 0; i < TRIES; i++) {
            long before = steady.getAsLong();
            long now = wall.epochNanos();
            long took = steady.getAsLong() - before;
            if (took < shortest) {
                shortest = took;
                differenceNanos = now - before - took / 2;
            }
        }
    }

    @Override
    public long epochNanos() {
        return steady.getAsLong() + differenceNanos;
    }
}
