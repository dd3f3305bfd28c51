package org.edgesentry.core.limits;

import java.util.concurrent.TimeUnit;

/**
 * Lets a burst pass at once and a rate in the long run. Time is handed in; a clock that steps back earns nothing by
 * the step, and goes on from there.
 *
 * <p>Thread: one only; allocates nothing.
 */
public final class TokenBucket {

    private final long burst;
    private final double tokensPerNano;
    private double tokens;
    private long lastEpochNanos = Long.MIN_VALUE;

    /** A full bucket: {@code burst} at once, then {@code perMinute} evenly. */
    public TokenBucket(long burst, long perMinute) {
        this.burst = burst;
        this.tokensPerNano = (double) perMinute / TimeUnit.MINUTES.toNanos(1);
        this.tokens = burst;
    }

    /** Takes one token if there is one. */
    public boolean tryTake(long epochNanos) {
        refill(epochNanos);
        if (tokens < 1) {
            return false;
        }
        tokens--;
        return true;
    }

    private void refill(long epochNanos) {
        if (lastEpochNanos != Long.MIN_VALUE && epochNanos > lastEpochNanos) {
            tokens = Math.min(burst, tokens + (epochNanos - lastEpochNanos) * tokensPerNano);
        }
        lastEpochNanos = epochNanos;
    }
}
