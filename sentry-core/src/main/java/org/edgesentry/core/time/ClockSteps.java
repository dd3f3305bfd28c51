package org.edgesentry.core.time;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Notices when the clock of the machine is set: the time of day then moves against one that nobody can set. What NTP
 * corrects bit by bit is no step.
 *
 * <p>Thread: one only. Unit: nanoseconds.
 */
public final class ClockSteps {

    private static final long LEAST_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final WallClock wall;
    private final LongSupplier steady;
    private long differenceNanos;

    /** Compares the machine's own clocks. */
    public ClockSteps() {
        this(new SystemWallClock(), System::nanoTime);
    }

    /** Compares these clocks; the steady one counts from any moment. */
    public ClockSteps(WallClock wall, LongSupplier steady) {
        this.wall = wall;
        this.steady = steady;
        this.differenceNanos = difference();
    }

    private long difference() {
        return wall.epochNanos() - steady.getAsLong();
    }

    /** By how much the clock was set since the last question, below zero backwards; 0 when it was not. */
    public long since() {
        long now = difference();
        long step = now - differenceNanos;
        differenceNanos = now;
        return Math.abs(step) < LEAST_NANOS ? 0 : step;
    }
}
