package org.edgesentry.core.limits;

import java.util.Arrays;
import java.util.concurrent.TimeUnit;

/**
 * Lets at most so many pass in any one second, wherever the second begins: it remembers when the last so many passed. A
 * token bucket would let twice as many, its burst and what flows in meanwhile.
 *
 * <p>Time is handed in. After a clock has stepped back, what passed before counts as if it had passed at that moment.
 *
 * <p>Thread: one only; 8 bytes for each that may pass, and allocates nothing once made.
 */
public final class SecondWindow {

    private static final long SECOND_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final long[] passedNanos;
    private int passed;
    private int oldest;
    private long newestNanos = Long.MIN_VALUE;

    /** At most so many a second. */
    public SecondWindow(int limit) {
        this.passedNanos = new long[limit];
    }

    /** Passes if there is room. */
    public boolean tryPass(long epochNanos) {
        long nowNanos = inOrder(epochNanos);
        if (passed == passedNanos.length && nowNanos - passedNanos[oldest] < SECOND_NANOS) {
            return false;
        }
        passed = Math.min(passed + 1, passedNanos.length);
        passedNanos[oldest] = nowNanos;
        oldest = (oldest + 1) % passedNanos.length;
        newestNanos = nowNanos;
        return true;
    }

    /** Sources of events disagree by microseconds; a clock that is set back does by more than a second. */
    private long inOrder(long epochNanos) {
        if (passed > 0 && newestNanos - epochNanos > SECOND_NANOS) {
            Arrays.fill(passedNanos, epochNanos);
            newestNanos = epochNanos;
        }
        return Math.max(epochNanos, newestNanos);
    }
}
