package org.edgesentry.core.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DurationParserTest {

    @ParameterizedTest
    @CsvSource({"0, 0", "90, 90", "90s, 90", "15m, 900", "1h, 3600", "7d, 604800", "3650d, 315360000"})
    void parse_span_isInSeconds(String text, long seconds) {
        assertThat(DurationParser.parse(text)).hasSeconds(seconds);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "h", "-1", "1.5h", "1 h", "one hour", "3651d", "99999999999999999999999d", "\u001b[2J"})
    void parse_anythingElse_isRefusedInPrintableWords(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> DurationParser.parse(text))
                .withMessageMatching("[ -~]+");
    }
}
