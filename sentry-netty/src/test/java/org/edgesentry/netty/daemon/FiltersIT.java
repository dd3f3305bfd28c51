package org.edgesentry.netty.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.edgesentry.netty.lab.Shell;
import org.edgesentry.netty.lab.TwoHosts;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What real scans leave behind, read by the programs that read PortSentry's files: fail2ban and logwatch. */
class FiltersIT {

    private static final Path FILTER =
            Path.of(System.getProperty("sentry.checkout", ".."), "conf/fail2ban/filter.d/edge-sentry.conf");
    private static final String LOGWATCH =
            ".*attackalert: (.+) scan from host: [^/]+/(\\S+) to (\\w+) port: (\\d+)";
    private static final String FAIL2BAN_1 = "\\/<HOST> Port\\: [0-9]+ (TCP|UDP) Blocked$";
    private static final String FAIL2BAN_2 = "^[^ ]* Scan from: \\[<HOST>\\]";

    @TempDir
    private static Path programs;
    private static TwoHosts hosts;
    private static Path logwatch;

    @TempDir
    private Path directory;

    @BeforeAll
    static void openLab() throws IOException {
        Shell.need("nmap", "nmap");
        Shell.need("nft", "nftables");
        Shell.need("fail2ban-regex", "fail2ban");
        Shell.need("perl", "perl");
        // Unpacked, not installed: it would bring a mail server along.
        Shell.run(List.of("sh", "-c", "cd " + programs + " && apt-get -q -o APT::Sandbox::User=root download logwatch"
                + " && dpkg -x logwatch_*.deb . && rm logwatch_*.deb"));
        logwatch = programs.resolve("usr/share/logwatch");
        hosts = new TwoHosts();
    }

    @AfterAll
    static void closeLab() {
        hosts.close();
    }

    @BeforeEach
    void clearTable() {
        hosts.onSensor("nft flush ruleset");
    }

    @Test
    void modeOf2x_historyIsReadByFail2ban() throws IOException {
        try (SentryProcess sentry = start("--stealth")) {
            scan(sentry, "-sS", "1-100");
        }
        Path history = directory.resolve("history");
        int lines = Files.readAllLines(history).size();

        assertThat(lines).isGreaterThan(30);
        assertThat(fail2ban(history, FAIL2BAN_2)).contains("Lines: " + lines + " lines, 0 ignored, " + lines
                + " matched, 0 missed");
        assertThat(fail2ban(history, FILTER.toString())).contains("Lines: " + lines + " lines, 0 ignored, " + lines
                + " matched, 0 missed").contains("10.77.0.1  ");
    }

    @Test
    void modeOf1x_historyIsReadByFail2ban() throws IOException {
        try (SentryProcess sentry = start("-stcp", "-sudp")) {
            scan(sentry, "-sS", "1-100");
        }
        Path history = directory.resolve("history");

        assertThat(Files.readAllLines(history)).singleElement().asString()
                .matches("\\d+ - [0-9/]{10} [0-9:]{8} Host: 10\\.77\\.0\\.1/10\\.77\\.0\\.1 Port: \\d+ TCP Blocked");
        for (String filter : List.of(FAIL2BAN_1, "/etc/fail2ban/filter.d/portsentry.conf", FILTER.toString())) {
            assertThat(fail2ban(history, filter)).as(filter)
                    .contains("Lines: 1 lines, 0 ignored, 1 matched, 0 missed").contains("10.77.0.1  ");
        }
    }

    @Test
    void modeOf1x_logIsReadByLogwatch() throws IOException {
        List<String> lines;
        try (SentryProcess sentry = start("-stcp", "-sudp")) {
            scan(sentry, "-sU", "1-10");
            sentry.awaitLine("attackalert: UDP scan from host: 10\\.77\\.0\\.1/10\\.77\\.0\\.1 to UDP port: ");
            scan(sentry, "-sN", "1-10");
            sentry.awaitLine("attackalert: TCP NULL scan from host: ");
            sentry.terminate();
            lines = sentry.alerts();
        }
        Path log = Files.write(directory.resolve("log"), lines);

        String report = Shell.run(List.of("sh", "-c", "LOGWATCH_DETAIL_LEVEL=4 perl -I " + logwatch.resolve("lib") + " "
                + logwatch.resolve("scripts/services/portsentry") + " < " + log));

        assertThat(report).contains("TCP NULL from:", "UDP from:", "10.77.0.1: ports: 1-10",
                "Warning: Blocked route from/to 10.77.0.1").doesNotContain("vertical from:");
        assertThat(lines).filteredOn(line -> line.contains(" scan from host: ") && line.contains(" port: "))
                .allMatch(line -> line.matches(LOGWATCH));
        assertThat(lines).filteredOn(line -> line.contains("vertical scan from host: ")).isNotEmpty()
                .noneMatch(line -> line.matches(LOGWATCH));
        assertThat(fail2ban(log, FAIL2BAN_1)).contains(" 0 matched");
    }

    private static String fail2ban(Path file, String filter) {
        return Shell.run(List.of("fail2ban-regex", "-v", file.toString(), filter));
    }

    private void scan(SentryProcess sentry, String technique, String ports) {
        hosts.onScanner("nmap -n -Pn " + technique + " --min-rate 1000 --max-retries 0 --host-timeout 10s -p "
                + ports + " " + TwoHosts.SENSOR_V4);
        sentry.awaitLine("10\\.77\\.0\\.1");
    }

    private SentryProcess start(String... modes) throws IOException {
        Path configuration = Files.writeString(directory.resolve("conf"), """
                TCP_PORTS="1-100"
                UDP_PORTS="1-100"
                BLOCK_TCP="1"
                BLOCK_UDP="0"
                HISTORY_FILE="%1$s/history"
                CONTROL_SOCKET="%1$s/socket"
                STATE_DIR="%1$s/state"
                """.formatted(directory));
        List<String> arguments = new ArrayList<>(List.of("run", "-c", configuration.toString()));
        arguments.addAll(List.of(modes));
        return new SentryProcess(hosts.sensorPrefix(), arguments.toArray(String[]::new)).awaitReady();
    }
}
