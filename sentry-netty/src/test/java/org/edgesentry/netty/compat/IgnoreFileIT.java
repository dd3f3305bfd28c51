package org.edgesentry.netty.compat;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import org.edgesentry.netty.daemon.SentryProcess;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** IGNORE_FILE, in every mode, with and without a mask. */
class IgnoreFileIT extends BlackBox {

    private static final String FORMS = """
            --stealth, 10.78.0.%d
            --stealth, 10.78.0.%d/32
            --stealth, 10.78.0.0/16
            --connect, 10.78.0.%d
            --connect, 10.78.0.0/16
            -stcp, 10.78.0.0/16
            -atcp, 10.78.0.%d
            """;

    @ParameterizedTest
    @CsvSource(textBlock = FORMS)
    void ipv4_listed_leavesNoTraceAndItsNeighbourDoes(String mode, String entry) {
        String last = scanner.v4().substring(scanner.v4().lastIndexOf('.') + 1);
        setup.ignore("# ours", "0.0.0.0", "127.0.0.1/32", "", entry.replace("%d", last) + " # a probe of ours");
        try (Sensor sensor = setup.set("BLOCK_TCP", "1").set("BLOCK_UDP", "1").start(mode)) {
            scanner.nmap("-sT -p " + Scanner.PORTS);
            scanner.datagram(11);
            // The other family is not listed: its line comes after those that must not come.
            scanner.nmap6("-sT -p 15");
            sensor.awaitConsole("from.*\\W" + scanner.v6() + "\\W");

            assertThat(sensor.linesAbout(scanner.v4())).isEmpty();
            assertThat(scanner.connect(65_000)).contains("refused");
        }
    }

    @ParameterizedTest
    @CsvSource({"--stealth, ''", "--stealth, /64", "--stealth, /128", "--connect, ''", "--connect, /48"})
    void ipv6_listed_leavesNoTraceAndItsNeighbourDoes(String mode, String mask) {
        setup.ignore("::1", scanner.v6() + mask);
        try (Sensor sensor = setup.set("BLOCK_TCP", "1").start(mode)) {
            scanner.nmap6("-sT -p " + Scanner.PORTS);
            scanner.nmap("-sT -p 15");
            sensor.awaitConsole("from.*\\W" + scanner.v4() + "\\W");

            assertThat(sensor.linesAbout(scanner.v6())).isEmpty();
            assertThat(scanner.connect("fd77::2", 65_000)).contains("refused");
        }
    }

    @Test
    void mask_endsWhereItSays() {
        setup.ignore("10.78.128.0/17", "10.78.0.0/32");
        try (Sensor sensor = setup.start("--stealth")) {
            scanner.nmap("-sS -p 11");
            sensor.awaitConsole("Scan from: \\[" + scanner.v4() + "\\]");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.0.0.300", "10.0.0.0/33", "example.org", "fd77::/129"})
    void badLine_stopsTheStartAndIsNamed(String line) {
        setup.ignore("10.0.0.1", line);
        SentryProcess sentry = setup.launch("--stealth");
        assertThat(sentry.awaitExit()).isEqualTo(2);
        assertThat(sentry.lines()).anyMatch(text -> text.contains(directory.resolve("ignore") + ":2: "));
    }

    @Test
    void missingFile_stopsTheStartAndIsNamed() throws IOException {
        setup.ignore();
        Files.delete(directory.resolve("ignore"));
        SentryProcess sentry = setup.launch("--stealth");
        assertThat(sentry.awaitExit()).isEqualTo(2);
        assertThat(sentry.lines()).anyMatch(text -> text.contains(directory.resolve("ignore").toString()));
    }
}
