package org.edgesentry.netty.control.client;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import org.edgesentry.core.text.SpanText;

/** Says ages and remaining times in words, as exact as a glance needs. Thread: immutable. */
final class TimeWords {

    private static final long MINUTE_SECONDS = TimeUnit.MINUTES.toSeconds(1);

    private final Instant now;

    TimeWords(Instant now) {
        this.now = now;
    }

    /** {@code 12 s ago}, {@code 12 min ago}, {@code 3 d 4 h ago}. */
    String ago(Instant time) {
        long seconds = Math.max(0, ChronoUnit.SECONDS.between(time, now));
        return seconds == 0 ? "now" : words(whole(seconds, 0)) + " ago";
    }

    /** {@code 47 min}, never less than there is; {@code for good} without an end. */
    String left(OptionalLong seconds) {
        if (seconds.isEmpty()) {
            return "for good";
        }
        return seconds.getAsLong() <= 0 ? "ends now" : words(whole(seconds.getAsLong(), MINUTE_SECONDS - 1));
    }

    private static String words(long seconds) {
        return SpanText.of(TimeUnit.SECONDS.toNanos(seconds));
    }

    /** Seconds below a minute, minutes above; SpanText leaves out minutes where there are days. */
    private static long whole(long seconds, long add) {
        return seconds < MINUTE_SECONDS ? seconds : (seconds + add) / MINUTE_SECONDS * MINUTE_SECONDS;
    }

    /** The time itself, and how long ago that was. */
    String at(Instant time) {
        return time.truncatedTo(ChronoUnit.SECONDS) + ", " + (time.isAfter(now)
                ? "in " + left(OptionalLong.of(Duration.between(now, time).toSeconds() + 1)) : ago(time));
    }
}
