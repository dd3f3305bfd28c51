package org.edgesentry.core.text;

import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** Writes lengths of time as people say them: two units at most. Thread: any. */
public final class SpanText {

    private static final long MINUTE = 60;
    private static final long HOUR = 60 * MINUTE;
    private static final long DAY = 24 * HOUR;

    private SpanText() {
    }

    /** {@code 120 ms}, {@code 3.2 s}, {@code 13 min}, {@code 5 h 10 min}, {@code 3 d 4 h}; never less than nothing. */
    public static String of(long nanos) {
        long seconds = TimeUnit.NANOSECONDS.toSeconds(Math.max(0, nanos));
        if (seconds < 1) {
            return TimeUnit.NANOSECONDS.toMillis(Math.max(0, nanos)) + " ms";
        }
        if (seconds < MINUTE) {
            long tenths = TimeUnit.NANOSECONDS.toMillis(nanos) / 100;
            return tenths % 10 == 0 ? seconds + " s" : String.format(Locale.ROOT, "%d.%d s", seconds, tenths % 10);
        }
        if (seconds < HOUR) {
            return two(seconds / MINUTE, "min", seconds % MINUTE, "s");
        }
        return seconds < 2 * DAY
                ? two(seconds / HOUR, "h", seconds % HOUR / MINUTE, "min")
                : two(seconds / DAY, "d", seconds % DAY / HOUR, "h");
    }

    private static String two(long large, String largeUnit, long small, String smallUnit) {
        String text = large + " " + largeUnit;
        return small == 0 ? text : text + " " + small + " " + smallUnit;
    }
}
