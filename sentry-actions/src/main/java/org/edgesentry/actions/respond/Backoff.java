package org.edgesentry.actions.respond;

import java.util.concurrent.TimeUnit;

/**
 * When to try again what has failed: after one second, two, four and so on, up to a minute.
 *
 * <p>Thread: action worker only. Time is handed in; when it steps back, it is tried again at once.
 */
final class Backoff {

    private static final long FIRST_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final long LONGEST_NANOS = TimeUnit.MINUTES.toNanos(1);

    private long pauseNanos;
    private long failedNanos;

    /** Whether it may be tried now. */
    boolean isOver(long epochNanos) {
        return pauseNanos == 0 || epochNanos - failedNanos >= pauseNanos || epochNanos < failedNanos;
    }

    /** Whether it has failed when it was last tried. */
    boolean isFailing() {
        return pauseNanos != 0;
    }

    void failed(long epochNanos) {
        failedNanos = epochNanos;
        pauseNanos = pauseNanos == 0 ? FIRST_NANOS : Math.min(pauseNanos * 2, LONGEST_NANOS);
    }

    void succeeded() {
        pauseNanos = 0;
    }
}
