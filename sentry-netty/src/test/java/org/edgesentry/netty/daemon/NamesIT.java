package org.edgesentry.netty.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.edgesentry.netty.lab.NameServer;
import org.edgesentry.netty.lab.Shell;
import org.edgesentry.netty.lab.TwoHosts;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** RESOLVE_HOST=1 with a name server that is real, and neither reliable nor honest. */
class NamesIT {

    private static TwoHosts hosts;
    private static NameServer server;

    @TempDir
    private Path directory;

    @BeforeAll
    static void openLab() throws IOException {
        Shell.need("nmap", "nmap");
        Shell.need("nft", "nftables");
        hosts = new TwoHosts();
        for (int lastByte = 11; lastByte <= 13; lastByte++) {
            hosts.onScanner("ip addr add 10.77.0." + lastByte + "/24 dev far");
        }
        server = new NameServer(hosts.sensorPrefix());
    }

    @AfterAll
    static void closeLab() {
        server.close();
        hosts.close();
    }

    @BeforeEach
    void clearTable() {
        hosts.onSensor("nft flush ruleset");
    }

    @Test
    void honestName_standsBesideTheAddress() throws IOException {
        try (SentryProcess sentry = start("--stealth")) {
            scan("10.77.0.1");
            sentry.awaitLine("Scan from: \\[10\\.77\\.0\\.1\\] \\(scanner\\.example\\) protocol");
        }
        assertThat(Files.readString(directory.resolve("history"))).contains("[10.77.0.1] (scanner.example) protocol: ");
    }

    @Test
    void honestName_inTheFormOf1x_standsBeforeTheAddress() throws IOException {
        try (SentryProcess sentry = start("-stcp")) {
            scan("10.77.0.1");
            sentry.awaitLine(
                    "attackalert: TCP SYN/Normal scan from host: scanner\\.example/10\\.77\\.0\\.1 to TCP port:");
            await().untilAsserted(() -> assertThat(Files.readString(directory.resolve("history")))
                    .matches("\\d+ - [0-9/]{10} [0-9:]{8} Host: scanner\\.example/10\\.77\\.0\\.1 Port: 11 TCP "
                            + "Blocked\n"));
        }
    }

    @Test
    void hostileName_leavesNothingButHarmlessCharacters() throws IOException {
        try (SentryProcess sentry = start("--stealth")) {
            scan("10.77.0.11");
            sentry.awaitLine("Scan from: \\[10\\.77\\.0\\.11\\] \\([A-Za-z0-9._-]+\\) protocol");
            assertThat(sentry.lines()).noneMatch(line -> line.contains("touch /tmp"))
                    .filteredOn(line -> line.contains("Scan from"))
                    .allMatch(line -> line.startsWith("Scan from: [10.77.0.11] (") && line.endsWith("blocked: [true]"));
        }
        assertThat(Path.of("/tmp/pwned")).doesNotExist();
    }

    @Test
    void longestName_isInOneLine() throws IOException {
        try (SentryProcess sentry = start("--stealth")) {
            scan("10.77.0.12");
            sentry.awaitLine("Scan from: \\[10\\.77\\.0\\.12\\] \\([l.]{253}\\) protocol");
        }
    }

    @Test
    void serverThatNeverAnswers_delaysTheLineAndNotTheBlock() throws IOException {
        try (SentryProcess sentry = start("--stealth")) {
            scan("10.77.0.13");
            await().atMost(Duration.ofSeconds(5)).untilAsserted(() -> assertThat(
                    hosts.onSensor("nft list set inet edge_sentry blocked4")).contains("10.77.0.13"));
            sentry.awaitLine("Scan from: \\[10\\.77\\.0\\.13\\] \\(10\\.77\\.0\\.13\\) protocol");
        }
    }

    @Test
    void stop_whileANameIsLookedUp_losesNoLine() throws IOException {
        try (SentryProcess sentry = start("--stealth")) {
            scan("10.77.0.13");
            await().untilAsserted(() -> assertThat(
                    hosts.onSensor("nft list set inet edge_sentry blocked4")).contains("10.77.0.13"));
            assertThat(sentry.terminate()).isZero();
        }
        assertThat(Files.readString(directory.resolve("history"))).contains("[10.77.0.13] (10.77.0.13) protocol: ");
    }

    private void scan(String source) {
        hosts.onScanner("nmap -n -Pn -sS -S " + source + " -e far --max-retries 0 --host-timeout 10s -p 11 "
                + TwoHosts.SENSOR_V4);
    }

    private SentryProcess start(String mode) throws IOException {
        Path resolver = Files.writeString(directory.resolve("resolv.conf"), "nameserver 127.0.0.1\n");
        Path configuration = Files.writeString(directory.resolve("conf"), """
                TCP_PORTS="11"
                UDP_PORTS="69"
                BLOCK_TCP="1"
                RESOLVE_HOST="1"
                NEVER_BLOCK_AUTO="0"
                HISTORY_FILE="%1$s/history"
                CONTROL_SOCKET="%1$s/socket"
                STATE_DIR="%1$s/state"
                """.formatted(directory));
        List<String> prefix = hosts.sensorPrefix();
        prefix.addAll(List.of("sh", "-c", "mount --bind " + resolver + " /etc/resolv.conf && exec \"$@\"", "sh"));
        return new SentryProcess(prefix, "run", "-c", configuration.toString(), mode).awaitReady();
    }
}
