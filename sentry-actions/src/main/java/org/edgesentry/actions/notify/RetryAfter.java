package org.edgesentry.actions.notify;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;

/** Reads the header Retry-After, RFC 9110 10.2.3: seconds, or a date. Thread: any. */
final class RetryAfter {

    private RetryAfter() {
    }

    /** How long that is from now; zero when it is nonsense or over. */
    static Duration read(String value, long nowEpochNanos) {
        String text = value.strip();
        if (text.matches("[0-9]{1,9}")) {
            return Duration.ofSeconds(Long.parseLong(text));
        }
        try {
            Instant date = ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
            Duration pause = Duration.between(Instant.ofEpochSecond(0, nowEpochNanos), date);
            return pause.isNegative() ? Duration.ZERO : pause;
        } catch (DateTimeException e) {
            return Duration.ZERO;
        }
    }
}
