package org.edgesentry.actions.notify;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import org.edgesentry.actions.ActionLimits;

/**
 * When the next digest may begin: after a moment of gathering, not sooner than NOTIFY_INTERVAL after the one before,
 * and not more often than NOTIFY_PER_HOUR in any hour. When the clock steps back, what was before it is over.
 *
 * <p>Thread: one only. Time is handed in, nanoseconds since the epoch.
 */
final class Pace {

    private static final long HOUR_NANOS = Duration.ofHours(1).toNanos();

    private final Deque<Long> begunEpochNanos = new ArrayDeque<>();

    /** How long it is until news that came first at that time may go out; 0: now. */
    long waitNanos(long firstNewsNanos, long nowNanos, Duration interval, int perHour) {
        begunEpochNanos.removeIf(begun -> leftNanos(begun, HOUR_NANOS, nowNanos) == 0);
        long waitNanos = leftNanos(firstNewsNanos, ActionLimits.NOTIFY_GATHERING.toNanos(), nowNanos);
        if (!begunEpochNanos.isEmpty()) {
            waitNanos = Math.max(waitNanos, leftNanos(begunEpochNanos.getLast(), interval.toNanos(), nowNanos));
        }
        if (begunEpochNanos.size() >= perHour) {
            waitNanos = Math.max(waitNanos, leftNanos(begunEpochNanos.getFirst(), HOUR_NANOS, nowNanos));
        }
        return waitNanos;
    }

    void begun(long nowNanos) {
        begunEpochNanos.addLast(nowNanos);
    }

    /** What is left at {@code now} of a span; a span that begins in the future was timed by another clock. */
    static long leftNanos(long beginNanos, long lengthNanos, long nowNanos) {
        long passedNanos = nowNanos - beginNanos;
        return passedNanos < 0 ? 0 : Math.max(0, lengthNanos - passedNanos);
    }
}
