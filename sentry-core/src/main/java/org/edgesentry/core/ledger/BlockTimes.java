package org.edgesentry.core.ledger;

import java.time.Duration;
import org.edgesentry.core.config.Settings;

/**
 * How long a block lasts: the first of a host BLOCK_TIME, each further one BLOCK_TIME_FACTOR times as long as the one
 * before, up to BLOCK_TIME_MAX. Thread: immutable. Unit: seconds; 0 without end.
 */
public final class BlockTimes {

    private final long firstSeconds;
    private final int factor;
    private final long maxSeconds;

    /** The times that these settings ask for. */
    public BlockTimes(Settings.Blocking blocking) {
        this.firstSeconds = blocking.time().toSeconds();
        this.factor = blocking.timeFactor();
        this.maxSeconds = seconds(blocking.timeMax());
    }

    private static long seconds(Duration limit) {
        return limit.isZero() ? Long.MAX_VALUE : limit.toSeconds();
    }

    /** How long the first block of a host lasts. */
    public long firstSeconds() {
        return firstSeconds;
    }

    /** How long the next block of a host lasts that was blocked so often before. */
    public long seconds(int timesBefore) {
        long seconds = firstSeconds;
        for (int i = 0; i < timesBefore && seconds < maxSeconds; i++) {
            seconds = factor > 1 && seconds > maxSeconds / factor ? maxSeconds : seconds * factor;
        }
        return Math.min(seconds, maxSeconds);
    }

    /** The longest time that a block with an end may last, milliseconds. */
    public long longestMillis() {
        return maxSeconds > Long.MAX_VALUE / 1_000 ? Long.MAX_VALUE : maxSeconds * 1_000;
    }
}
