package org.edgesentry.netty.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.edgesentry.netty.lab.Shell;
import org.edgesentry.netty.lab.TwoHosts;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** SIGHUP: configuration and ignore list are read anew, and what is faulty changes nothing. */
class ReloadIT {

    private static TwoHosts hosts;

    @TempDir
    private Path directory;

    @BeforeAll
    static void openLab() {
        Shell.need("nft", "nftables");
        hosts = new TwoHosts();
    }

    @AfterAll
    static void closeLab() {
        hosts.close();
    }

    @BeforeEach
    void prepare() throws IOException {
        hosts.onSensor("nft flush ruleset");
        ignore("");
    }

    @Test
    void newTrapPort_isWatchedAndARemovedOneIsNot() throws IOException {
        for (String mode : List.of("--stealth", "--connect")) {
            try (SentryProcess sentry = start("11", "BLOCK_TCP=\"0\"", mode)) {
                configure("15", "BLOCK_TCP=\"0\"");
                reload(sentry);
                connectTo(11);
                connectTo(15);

                sentry.awaitLine("Scan from: \\[10\\.77\\.0\\.1\\].* port: \\[15\\]");
                assertThat(sentry.alerts()).noneMatch(line -> line.contains("port: [11]"));
                assertThat(sentry.terminate()).isZero();
            }
        }
    }

    @Test
    void hostThatBecomesIgnored_isUnblockedAtOnce() throws IOException {
        try (SentryProcess sentry = start("11", "BLOCK_TCP=\"1\"", "--stealth")) {
            connectTo(11);
            awaitBlocked4(true);
            ignore("10.77.0.0/24");
            reload(sentry);

            awaitBlocked4(false);
            connectTo(11);
            configure("15", "BLOCK_TCP=\"1\"");
            ignore("");
            reload(sentry);
            connectTo(15);
            sentry.awaitLine("Scan from: \\[10\\.77\\.0\\.1\\].* port: \\[15\\]");
            awaitBlocked4(true);
            assertThat(sentry.alerts()).filteredOn(line -> line.contains("port: [11]")).hasSize(1);
        }
    }

    @Test
    void faultyFile_isToldAndChangesNothing() throws IOException {
        ignore("10.77.0.1");
        try (SentryProcess sentry = start("11", "BLOCK_TCP=\"1\"", "--stealth")) {
            ignore("10.77.0.1\n10.77.0.300\n");
            sentry.hangUp();
            sentry.awaitLine("ignore:2: ");
            sentry.awaitLine("Nothing was reloaded");
            connectTo(11);

            ignore("");
            Files.writeString(directory.resolve("portsentry.conf"), "TCP_PORTS=\"0\"\n");
            sentry.hangUp();
            sentry.awaitLine("portsentry.conf:1: ");
            connectTo(11);
            configure("15", "BLOCK_TCP=\"1\"");
            reload(sentry);
            connectTo(15);

            sentry.awaitLine("port: \\[15\\]");
            assertThat(sentry.alerts()).noneMatch(line -> line.contains("port: [11]"));
        }
    }

    @Test
    void blockingThatIsSwitchedOn_blocksFromThenOn() throws IOException {
        try (SentryProcess sentry = start("11", "BLOCK_TCP=\"0\"", "--stealth")) {
            connectTo(11);
            sentry.awaitLine("noblock: \\[true\\] blocked: \\[false\\]");
            configure("11", "BLOCK_TCP=\"1\"\nBLOCK_TIME=\"2h\"");
            reload(sentry);
            connectTo(11);

            sentry.awaitLine("has been blocked via dropped route using command: \"nft .* timeout 7200s");
            awaitBlocked4(true);
        }
    }

    @Test
    void whatNeedsANewStart_isNamed() throws IOException {
        try (SentryProcess sentry = start("11", "BLOCK_TCP=\"1\"", "--stealth")) {
            configure("11", "BLOCK_TCP=\"1\"\nPIPELINE=\"staged\"\nBLOCK_MAX=\"5\"");
            reload(sentry);
            sentry.awaitLine("not before the next start: .*BLOCK_MAX.*PIPELINE");
        }
    }

    private SentryProcess start(String ports, String settings, String mode) throws IOException {
        configure(ports, settings);
        return new SentryProcess(hosts.sensorPrefix(), "-c", directory.resolve("portsentry.conf").toString(), mode)
                .awaitReady();
    }

    private void configure(String ports, String settings) throws IOException {
        Files.writeString(directory.resolve("portsentry.conf"), """
                TCP_PORTS="%2$s"
                IGNORE_FILE="%1$s/ignore"
                HISTORY_FILE="%1$s/history"
                CONTROL_SOCKET="%1$s/socket"
                STATE_DIR="%1$s/state"
                %3$s
                """.formatted(directory, ports, settings));
    }

    private void ignore(String content) throws IOException {
        Files.writeString(directory.resolve("ignore"), content);
    }

    private static void reload(SentryProcess sentry) {
        long before = reloads(sentry).count();
        sentry.hangUp();
        await("reloaded").atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> assertThat(reloads(sentry)).hasSizeGreaterThan((int) before));
    }

    private static Stream<String> reloads(SentryProcess sentry) {
        return sentry.lines().stream().filter(line -> line.contains("Reloaded "));
    }

    private static void connectTo(int port) {
        hosts.onScannerBash("timeout 1 bash -c '</dev/tcp/" + TwoHosts.SENSOR_V4 + "/" + port + "' 2>&1 || true");
    }

    private static void awaitBlocked4(boolean blocked) {
        await("blocked: " + blocked).atMost(Duration.ofSeconds(10)).untilAsserted(() ->
                assertThat(hosts.onSensor("nft list set inet edge_sentry blocked4").contains("10.77.0.1"))
                        .isEqualTo(blocked));
    }
}
