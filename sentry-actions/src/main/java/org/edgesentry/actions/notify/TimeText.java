package org.edgesentry.actions.notify;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Writes times for people and programs alike: UTC, RFC 3339. Thread: any. */
final class TimeText {

    private TimeText() {
    }

    /** {@code 2026-11-22T10:15:30Z}. */
    static String seconds(long epochNanos) {
        return instant(epochNanos).truncatedTo(ChronoUnit.SECONDS).toString();
    }

    /** {@code 2026-11-22T10:15:30.123Z}. */
    static String millis(long epochNanos) {
        return instant(epochNanos).truncatedTo(ChronoUnit.MILLIS).toString();
    }

    private static Instant instant(long epochNanos) {
        return Instant.ofEpochSecond(0, epochNanos);
    }
}
