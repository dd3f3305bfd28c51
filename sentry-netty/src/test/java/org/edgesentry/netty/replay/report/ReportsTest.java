package org.edgesentry.netty.replay.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.edgesentry.core.probe.ScanVerdict;
import org.edgesentry.netty.replay.GoldenText;
import org.edgesentry.netty.terminal.Page;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReportsTest {

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final PrintStream out = new PrintStream(bytes, false, StandardCharsets.UTF_8);

    private static void tellAll(ReplayReport report) {
        report.scan(Verdicts.vertical("192.0.2.7"), true);
        report.scan(Verdicts.slowSweep(), true);
        report.distributed(Verdicts.botnet());
        report.distributed(Verdicts.shared());
        ScanVerdict atTheEnd = Verdicts.vertical("192.0.2.7");
        atTheEnd.ports = 1_014;
        atTheEnd.failed = 1_012;
        report.scan(atTheEnd, false);
        report.finish(Verdicts.summary(2));
    }

    private String printed() {
        out.flush();
        return bytes.toString(StandardCharsets.UTF_8);
    }

    @Test
    void json_everything_isOneObjectALineAndOneASource() {
        tellAll(new JsonReport(out));
        GoldenText.check("everything.json", printed());
    }

    @Test
    void json_scan_isThereBeforeTheEnd() {
        new JsonReport(out).scan(Verdicts.slowSweep(), true);
        assertThat(bytes.toString(StandardCharsets.UTF_8)).startsWith("{\"event\":\"scan\",").endsWith("}\n");
    }

    @Test
    void json_evidenceThatIsNoNumber_staysJson() {
        ScanVerdict odd = Verdicts.slowSweep();
        odd.evidence = Float.NaN;
        new JsonReport(out).scan(odd, true);
        assertThat(printed()).contains("\"evidence\":0,");
    }

    @ParameterizedTest
    @CsvSource({"100, everything.txt", "60, everything-60.txt"})
    void table_everything_fitsTheWidth(int width, String golden) {
        tellAll(new TableReport(new Page(out, width, false)));
        GoldenText.check(golden, printed());
        assertThat(printed().lines()).allMatch(line -> line.length() <= width);
    }

    @Test
    void table_longAddresses_fitTheWidth() {
        TableReport report = new TableReport(new Page(out, 80, false));
        report.scan(Verdicts.vertical("2001:db8:1234:5678:9abc:def0:1234:5678"), true);
        report.finish(Verdicts.summary(1));
        assertThat(printed().lines()).allMatch(line -> line.length() <= 80)
                .anyMatch(line -> line.contains("2001:db8:1234:5678:9abc:def0:1234:5678"));
    }

    @Test
    void table_colours_onlyWhereAsked() {
        tellAll(new TableReport(new Page(out, 100, true)));
        assertThat(printed()).contains("\u001b[1;31m192.0.2.7\u001b[0m");
        bytes.reset();
        tellAll(new TableReport(new Page(out, 100, false)));
        assertThat(printed()).doesNotContain("\u001b");
    }

    @Test
    void isBroken_nobodyReads_isTold() {
        JsonReport report = new JsonReport(new PrintStream(new OutputStream() {
            @Override
            public void write(int value) throws IOException {
                throw new IOException("Broken pipe");
            }
        }, false, StandardCharsets.UTF_8));
        report.scan(Verdicts.slowSweep(), true);
        assertThat(report.isBroken()).isTrue();
    }
}
