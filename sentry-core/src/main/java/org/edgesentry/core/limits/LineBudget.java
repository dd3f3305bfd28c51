package org.edgesentry.core.limits;

/**
 * How many lines of one kind strangers can cause: some at once, then a few a second, and far fewer in the long run. So
 * a flood leaves little in its first seconds, and a long one little in all.
 *
 * <p>Thread: one only; allocates nothing.
 */
public final class LineBudget {

    private static final int SECONDS_A_MINUTE = 60;

    private final TokenBucket now = atOnce(Limits.LINES_AT_ONCE);
    private final TokenBucket sumsNow = atOnce(Limits.SUMS_AT_ONCE);
    private final TokenBucket longRun;

    /** So many lines before {@code perMinute} holds; both within {@link Limits#LINES_AT_ONCE} and its rate. */
    public LineBudget(long burst, long perMinute) {
        this.longRun = new TokenBucket(burst, perMinute);
    }

    private static TokenBucket atOnce(int lines) {
        return new TokenBucket(lines, (long) Limits.LINES_PER_SECOND * SECONDS_A_MINUTE);
    }

    /** Takes one line if there is one. What the long run refuses counts as taken now, which soon comes back. */
    public boolean tryTake(long epochNanos) {
        return now.tryTake(epochNanos) && longRun.tryTake(epochNanos);
    }

    /** The same for a line that sums up others, which may come right after those. */
    public boolean tryTakeSum(long epochNanos) {
        return sumsNow.tryTake(epochNanos) && longRun.tryTake(epochNanos);
    }
}
