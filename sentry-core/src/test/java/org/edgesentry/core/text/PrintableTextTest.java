package org.edgesentry.core.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PrintableTextTest {

    @Test
    void quote_plainText_isKept() {
        assertThat(PrintableText.quote("Zugriff für 日本")).isEqualTo("\"Zugriff für 日本\"");
    }

    @Test
    void quote_terminalControls_areEscaped() {
        assertThat(PrintableText.quote("a\u001b[31m\r\n\0\u009b\u202e\u2028"))
                .isEqualTo("\"a\\x1b[31m\\x0d\\x0a\\x00\\x9b\\u202e\\u2028\"");
    }

    @Test
    void quote_loneSurrogate_isEscaped() {
        assertThat(PrintableText.quote("\ud800")).isEqualTo("\"\\ud800\"");
    }

    @Test
    void quote_longText_isCut() {
        assertThat(PrintableText.quote("😀".repeat(61))).isEqualTo('"' + "😀".repeat(60) + "...\"");
        assertThat(PrintableText.quote("x".repeat(60))).isEqualTo('"' + "x".repeat(60) + '"');
    }

    @Test
    void oneLine_controlCharactersAndLineEnds_becomeBlanks() {
        assertThat(PrintableText.oneLine("a\nb\r\tc\u001b[31m\u0000d\u0085e\u2028f\u202eg", 100))
                .isEqualTo("a b  c [31m d e f g");
    }

    @Test
    void oneLine_tooLong_isCut() {
        assertThat(PrintableText.oneLine("x".repeat(1000), 300)).hasSize(300);
    }
}
