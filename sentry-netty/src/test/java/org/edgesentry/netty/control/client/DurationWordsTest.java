package org.edgesentry.netty.control.client;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DurationWordsTest {

    @ParameterizedTest
    @CsvSource({"0, 0.000 ms", "0.0000143, 0.014 ms", "0.00231, 2.31 ms", "0.0123, 12.3 ms", "0.250, 250 ms",
        "2.5, 2.50 s", "61, 61.0 s"})
    void of_hasThreeDigitsAndTheUnitThatFits(double seconds, String words) {
        assertThat(DurationWords.of(seconds)).isEqualTo(words);
    }
}
