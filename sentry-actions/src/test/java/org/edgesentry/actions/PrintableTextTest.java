package org.edgesentry.actions;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PrintableTextTest {

    @Test
    void of_controlCharactersAndLineEnds_becomeBlanks() {
        assertThat(PrintableText.of("a\nb\r\tc\u001b[31m\u0000d\u0085e\u2028f\u202eg", 100))
                .isEqualTo("a b  c [31m d e f g");
    }

    @Test
    void of_tooLong_isCut() {
        assertThat(PrintableText.of("x".repeat(1000), 300)).hasSize(300);
    }
}
