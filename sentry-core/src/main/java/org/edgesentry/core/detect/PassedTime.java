package org.edgesentry.core.detect;

import java.util.concurrent.TimeUnit;

/**
 * How much time has passed, by a clock that may be set back: the sum of its steps forward. Packets of several cards,
 * rings or interfaces come a little out of order, so a small step back is none: or else each turn that two clocks take
 * would count their difference.
 *
 * <p>Thread: one only.
 */
final class PassedTime {

    private static final long DISORDER_NANOS = TimeUnit.SECONDS.toNanos(5);

    private long lastEpochNanos = Long.MAX_VALUE;
    private long passedNanos;

    void pass(long epochNanos) {
        if (epochNanos > lastEpochNanos) {
            passedNanos += epochNanos - lastEpochNanos;
            lastEpochNanos = epochNanos;
        } else if (lastEpochNanos - epochNanos > DISORDER_NANOS) {
            lastEpochNanos = epochNanos;
        }
    }

    long nanos() {
        return passedNanos;
    }
}
