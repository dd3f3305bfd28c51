package org.edgesentry.core.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpanTextTest {

    @ParameterizedTest
    @CsvSource({"0, 0 ms", "-5000000000, 0 ms", "999999999, 999 ms", "1000000000, 1 s", "3250000000, 3.2 s",
        "59990000000, 59.9 s", "60000000000, 1 min", "785000000000, 13 min 5 s", "18600000000000, 5 h 10 min",
        "172799000000000, 47 h 59 min", "172800000000000, 2 d", "273600000000000, 3 d 4 h"})
    void of_span_hasTwoUnitsAtMost(long nanos, String text) {
        assertThat(SpanText.of(nanos)).isEqualTo(text);
    }
}
