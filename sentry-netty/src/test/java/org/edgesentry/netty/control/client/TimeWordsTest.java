package org.edgesentry.netty.control.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TimeWordsTest {

    private static final Instant NOW = Instant.parse("2026-11-26T12:00:00Z");

    private final TimeWords words = new TimeWords(NOW);

    @ParameterizedTest
    @CsvSource({"-5, now", "0, now", "1, 1 s ago", "59, 59 s ago", "60, 1 min ago", "779, 12 min ago",
        "3600, 1 h ago", "11279, 3 h 7 min ago", "273600, 3 d 4 h ago"})
    void ago_age_isAsExactAsAGlanceNeeds(long seconds, String text) {
        assertThat(words.ago(NOW.minusSeconds(seconds))).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({"-1, ends now", "0, ends now", "59, 59 s", "60, 1 min", "61, 2 min", "3599, 1 h", "3600, 1 h",
        "604800, 7 d"})
    void left_rest_isNeverLessThanThereIs(long seconds, String text) {
        assertThat(words.left(OptionalLong.of(seconds))).isEqualTo(text);
    }

    @Test
    void left_noEnd_isForGood() {
        assertThat(words.left(OptionalLong.empty())).isEqualTo("for good");
    }
}
