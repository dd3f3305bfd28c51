package org.edgesentry.core.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OddsTextTest {

    @ParameterizedTest
    @CsvSource({"0, -", "-1, -", "NaN, -", "4, 4:1", "1023.6, '1,024:1'", "1048575, '1,048,575:1'", "1048576, >1M:1",
        "Infinity, >1M:1"})
    void of_odds_areToOne(double odds, String text) {
        assertThat(OddsText.of(odds)).isEqualTo(text);
    }
}
