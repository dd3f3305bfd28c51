package org.edgesentry.netty.compat;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.edgesentry.netty.daemon.SentryProcess;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Options: what belongs together starts, what contradicts each other is named. */
class CommandLineIT extends BlackBox {

    @ParameterizedTest
    @CsvSource({"-tcp -stcp, -tcp, -stcp", "-stcp -atcp, -stcp, -atcp", "-udp -audp, -udp, -audp",
        "-udp -sudp, -udp, -sudp", "-tcp --stealth, -tcp, --stealth", "-audp --connect, -audp, --connect",
        "--stealth --connect, --stealth, --connect", "--connect -m ring, --connect, --method",
        "--connect -i lo, --connect, --interface", "-tcp -i near, -tcp, --interface",
        "-tcp -udp -m pcap, -tcp, --method"})
    void contradiction_namesBothOptionsOnOneLine(String options, String one, String other) {
        SentryProcess sentry = setup.launch(options.split(" "));
        assertThat(sentry.awaitExit()).as("%s", sentry.lines()).isEqualTo(2);
        assertThat(sentry.lines()).singleElement().asString().contains(one, other)
                .doesNotContain("Unknown");
    }

    @ParameterizedTest
    @ValueSource(strings = {"-m tap", "--method=", "-x", "-i", "-l nowhere", "extra"})
    void unknownOption_endsWithStatusTwoAndOneLine(String options) {
        SentryProcess sentry = setup.launch(options.split(" "));
        assertThat(sentry.awaitExit()).as("%s", sentry.lines()).isEqualTo(2);
        assertThat(sentry.lines()).singleElement().asString().startsWith("sentry: ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"-tcp -udp", "-tcp -sudp", "-stcp -udp", "-atcp -sudp", "-atcp -audp -i near -m pcap",
        "-tcp", "-audp -m raw", "--stealth -i near -i lo -L -S", "-l stdout -d -v --connect -L -S", "-stcp -d"})
    void whatBelongsTogether_starts(String options) {
        try (Sensor sensor = setup.start(options.split(" "))) {
            assertThat(sensor.terminate()).isZero();
        }
    }

    @Test
    void boundAndCapturedModes_workInOneProcess() {
        try (Sensor sensor = setup.start("-tcp", "-sudp")) {
            scanner.nmap("-sT -p 11");
            sensor.awaitConsole(Expected.attack("Connect", scanner.v4(), "TCP", 11));
            scanner.nmap("-sU -p 15");
            sensor.awaitConsole(Expected.attack("UDP scan", scanner.v4(), "UDP", 15));
            scanner.nmap("-sS -p 79");
            sensor.awaitAllSeen(lab, scanner, "TCP");
            assertThat(sensor.console("TCP port: 79$")).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"-h", "--help", "-V", "--version"})
    void helpAndVersion_endWithStatusZero(String option) {
        SentryProcess sentry = new SentryProcess(List.of(), option);
        assertThat(sentry.awaitExit()).isZero();
        assertThat(sentry.lines()).isNotEmpty();
    }
}
