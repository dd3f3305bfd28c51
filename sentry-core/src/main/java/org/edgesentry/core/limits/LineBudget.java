package org.edgesentry.core.limits;

/**
 * How many lines of one kind strangers can cause: a burst, and far fewer in the long run. Of this, who has not come
 * before has some at once and then a few a second: forged sources seldom come twice, so that a flood of them leaves
 * little in its first seconds, and does not take the lines of those who scan for real.
 *
 * <p>Thread: one only; allocates nothing.
 */
public final class LineBudget {

    private static final int SECONDS_A_MINUTE = 60;

    private final TokenBucket newcomersNow = atOnce(Limits.LINES_AT_ONCE);
    private final TokenBucket sumsNow = atOnce(Limits.SUMS_AT_ONCE);
    private final TokenBucket longRun;

    /** So many lines before {@code perMinute} holds. */
    public LineBudget(long burst, long perMinute) {
        this.longRun = new TokenBucket(burst, perMinute);
    }

    private static TokenBucket atOnce(int lines) {
        return new TokenBucket(lines, (long) Limits.LINES_PER_SECOND * SECONDS_A_MINUTE);
    }

    /** Takes one line if there is one. */
    public boolean tryTake(long epochNanos) {
        return longRun.tryTake(epochNanos);
    }

    /** The same for who comes for the first time. What the long run refuses counts as taken now, which soon is back. */
    public boolean tryTakeOfNewcomer(long epochNanos) {
        return newcomersNow.tryTake(epochNanos) && longRun.tryTake(epochNanos);
    }

    /** The same for a line that sums up others, which may come right after those. */
    public boolean tryTakeSum(long epochNanos) {
        return sumsNow.tryTake(epochNanos) && longRun.tryTake(epochNanos);
    }
}
