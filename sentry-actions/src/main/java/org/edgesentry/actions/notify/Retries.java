package org.edgesentry.actions.notify;

import java.time.Duration;
import java.util.function.DoubleSupplier;
import org.edgesentry.actions.ActionLimits;

/**
 * When a digest that could not be delivered is tried again: after five seconds, then twice as long each time, up to
 * five minutes, each a fifth shorter or longer by chance, so that many hosts do not come back to one receiver at once.
 *
 * <p>Thread: one only. Time is handed in, nanoseconds since the epoch.
 */
final class Retries {

    private static final double SPREAD = 0.2;

    private final DoubleSupplier random;
    private int failures;
    private long firstEpochNanos;
    private long lastEpochNanos;
    private long pauseNanos;

    /** {@code random} gives numbers from 0 up to 1. */
    Retries(DoubleSupplier random) {
        this.random = random;
    }

    /** A digest is tried for the first time. */
    void begin(long nowNanos) {
        failures = 0;
        pauseNanos = 0;
        firstEpochNanos = nowNanos;
        lastEpochNanos = nowNanos;
    }

    /** It failed; the receiver asks for this pause at least. */
    void failed(long nowNanos, Duration askedFor) {
        long doubled = ActionLimits.NOTIFY_RETRY_FIRST.toNanos() << Math.min(failures, 10);
        double factor = 1 - SPREAD + 2 * SPREAD * random.getAsDouble();
        long ownNanos = (long) (Math.min(doubled, ActionLimits.NOTIFY_RETRY_LONGEST.toNanos()) * factor);
        long askedNanos = Math.min(askedFor.toNanos(), ActionLimits.NOTIFY_RETRY_AFTER.toNanos());
        pauseNanos = Math.max(ownNanos, askedNanos);
        lastEpochNanos = nowNanos;
        failures++;
    }

    /** How long it is until the next attempt; 0: now. */
    long waitNanos(long nowNanos) {
        return Pace.leftNanos(lastEpochNanos, pauseNanos, nowNanos);
    }

    /** Whether the time for attempts is over. */
    boolean areOver(long nowNanos) {
        return nowNanos - firstEpochNanos >= ActionLimits.NOTIFY_RETRY_FOR.toNanos();
    }
}
