package org.edgesentry.core.detect;

/**
 * How much time has passed, by a clock that may step back: the sum of its steps forward.
 *
 * <p>Thread: one only.
 */
final class PassedTime {

    private long lastEpochNanos = Long.MAX_VALUE;
    private long passedNanos;

    void pass(long epochNanos) {
        if (epochNanos > lastEpochNanos) {
            passedNanos += epochNanos - lastEpochNanos;
        }
        lastEpochNanos = epochNanos;
    }

    long nanos() {
        return passedNanos;
    }
}
