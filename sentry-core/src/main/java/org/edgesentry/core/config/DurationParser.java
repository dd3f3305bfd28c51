package org.edgesentry.core.config;

import java.time.Duration;

/**
 * Reads a span of time as the configuration writes it, where it comes from elsewhere: {@code 90s}, {@code 15m},
 * {@code 1h}, {@code 7d}; 0 to ten years.
 *
 * <p>Thread: any. Errors: {@link IllegalArgumentException} with a message fit for the administrator; the text in it is
 * cut and escaped.
 */
public final class DurationParser {

    private static final DurationType TYPE = new DurationType(Duration.ZERO);

    private DurationParser() {
    }

    /** Reads one span of time. */
    public static Duration parse(String text) {
        return TYPE.read(text, (index, message) -> {
            throw new IllegalArgumentException(message);
        });
    }
}
