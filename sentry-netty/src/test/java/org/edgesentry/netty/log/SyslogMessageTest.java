package org.edgesentry.netty.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import org.apache.logging.log4j.Level;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SyslogMessageTest {

    private final SyslogMessage form = new SyslogMessage(ZoneOffset.UTC, "portsentry", 4711);

    private String message(Level level, String time, String text) {
        byte[] bytes = form.of(level, Instant.parse(time).toEpochMilli(), text.getBytes(StandardCharsets.UTF_8));
        return new String(bytes, StandardCharsets.UTF_8);
    }

    @Test
    void of_line_isWhatSyslogWouldSend() {
        assertThat(message(Level.INFO, "2026-11-22T10:15:30Z", "attackalert: UDP scan"))
                .isEqualTo("<29>Nov 22 10:15:30 portsentry[4711]: attackalert: UDP scan");
    }

    @Test
    void of_firstDaysOfAMonth_arePaddedWithABlank() {
        assertThat(message(Level.INFO, "2026-01-02T03:04:05Z", "x")).startsWith("<29>Jan  2 03:04:05 ");
    }

    @ParameterizedTest
    @CsvSource({"FATAL, <27>", "ERROR, <27>", "WARN, <28>", "INFO, <29>", "DEBUG, <31>", "TRACE, <31>"})
    void of_eachLevel_hasItsSeverity(String level, String priority) {
        assertThat(message(Level.valueOf(level), "2026-11-22T10:15:30Z", "x")).startsWith(priority);
    }

    @Test
    void of_lineEndsInTheText_becomeBlanks() {
        assertThat(message(Level.INFO, "2026-11-22T10:15:30Z", "one\ntwo\r\0three é")).endsWith("]: one two  three é");
    }

    @Test
    void of_longText_isCut() {
        assertThat(message(Level.INFO, "2026-11-22T10:15:30Z", "x".repeat(100_000))).hasSizeLessThan(4_200);
    }
}
