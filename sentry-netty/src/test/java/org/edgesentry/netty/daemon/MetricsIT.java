package org.edgesentry.netty.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.edgesentry.netty.lab.GreetingService;
import org.edgesentry.netty.lab.Shell;
import org.edgesentry.netty.lab.TwoHosts;
import org.edgesentry.netty.metrics.PrometheusText;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The daemon's metrics, scraped while it is scanned, against what was sent. */
class MetricsIT {

    private static final int TRAPS = 500;

    private static TwoHosts hosts;

    @TempDir
    private Path directory;

    @BeforeAll
    static void openLab() {
        Shell.need("nmap", "nmap");
        Shell.need("nft", "nftables");
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

    @ParameterizedTest
    @ValueSource(strings = {"fused", "staged"})
    void scan_isCountedProbeByProbe(String layout) throws IOException {
        try (SentryProcess sentry = start("BLOCK_TCP=\"0\"", "PIPELINE=\"" + layout + "\"", Scrape.LISTEN)
                .awaitReady()) {
            scan("1-" + TRAPS);

            await().untilAsserted(() -> assertThat(probes(scrape())).isEqualTo(TRAPS));
            PrometheusText text = scrape();
            assertThat(text.sum("edge_sentry_probes_lost_total", labels -> true)).isZero();
            assertThat(text.value("edge_sentry_probe_to_verdict_seconds_count")).isEqualTo(TRAPS);
            assertThat(text.value("edge_sentry_probe_to_verdict_seconds_sum")).isBetween(0.000_001, 60.0 * TRAPS);
            assertThat(text.value("edge_sentry_blocks_made_total")).isZero();
            assertThat(text.sum("edge_sentry_handler_failures_total", labels -> true)).isZero();
            await().untilAsserted(() -> assertThat(scrape().value("edge_sentry_hosts_tracked")).isOne());
            assertThat(sentry.terminate()).isZero();
            assertThat(sentry.lines()).anyMatch(line -> line.contains("Probes: " + TRAPS + " on traps"))
                    .anyMatch(line -> line.contains("Metrics are at http://127.0.0.1:9465/metrics"))
                    .noneMatch(line -> line.contains("no loopback address"));
        }
    }

    @Test
    void block_isTimedInMetricsAndStatus() throws IOException {
        try (SentryProcess sentry = start("BLOCK_TCP=\"1\"", "BLOCK_OFFLOAD=\"0\"", Scrape.LISTEN).awaitReady()) {
            scan("1-20");

            await().untilAsserted(() -> assertThat(scrape().value("edge_sentry_blocks_active")).isOne());
            PrometheusText text = scrape();
            assertThat(text.value("edge_sentry_blocks_made_total")).isOne();
            assertThat(text.value("edge_sentry_probe_to_block_seconds_count")).isOne();
            assertThat(text.value("edge_sentry_probe_to_block_seconds_sum")).isBetween(0.000_01, 60.0);

            assertThat(sentry("status", "--json")).containsPattern("\"latency\":"
                    + "\\{\"probe_to_verdict\":\\{\"count\":\\d+,"
                    + "\"median_seconds\":[0-9.E-]+,\"p99_seconds\":[0-9.E-]+,\"max_seconds\":[0-9.E-]+\\},"
                    + "\"probe_to_block\":\\{\"count\":1,\"median_seconds\":");
            assertThat(sentry("status")).containsPattern("(?s)from a probe to its verdict\n +measured +\\d+\n"
                    + " +half of them within +[0-9.]+ m?s\n +99 of 100 within +[0-9.]+ m?s\n");
        }
    }

    @Test
    void connections_inConnectMode_areCountedWithTheirSource() throws IOException {
        try (SentryProcess sentry = start("BLOCK_TCP=\"0\"", Scrape.LISTEN, "--connect").awaitReady()) {
            hosts.onScanner("nmap -n -Pn -sT --max-retries 0 -p 11,15,79 " + TwoHosts.SENSOR_V4);

            await().untilAsserted(() -> assertThat(scrape().value("edge_sentry_probes_total", "source", "trap",
                    "verdict", "probe")).isEqualTo(3));
        }
    }

    @Test
    void noAddress_noThreadAndNoClass() throws IOException {
        try (SentryProcess sentry = start("BLOCK_TCP=\"0\"").awaitReady()) {
            assertThat(threads(sentry)).contains("sentry-control").doesNotContain("sentry-metrics");
            String classes = Shell.run("jcmd " + sentry.pid() + " VM.class_hierarchy");
            assertThat(classes).contains("org.edgesentry.netty.control.ControlServer")
                    .doesNotContain("io.prometheus", "org.edgesentry.netty.metrics");
        }
    }

    @Test
    void address_hasOneThreadMore() throws IOException {
        try (SentryProcess sentry = start("BLOCK_TCP=\"0\"", Scrape.LISTEN).awaitReady()) {
            for (int i = 0; i < 50; i++) {
                scrape();
            }
            assertThat(threads(sentry)).containsOnlyOnce("sentry-metrics");
        }
    }

    @Test
    void otherAddress_isServedWithAWarning() throws IOException {
        try (SentryProcess sentry = start("BLOCK_TCP=\"0\"", "METRICS_LISTEN=\"10.77.0.2:9465\"").awaitReady()) {
            sentry.awaitLine("METRICS_LISTEN is 10\\.77\\.0\\.2:9465, no loopback address");
            String page = hosts.onScannerBash(Scrape.request("10.77.0.2"));
            assertThat(new PrometheusText(Scrape.body(page)).value("edge_sentry_hosts_evicted_total")).isZero();
        }
    }

    @Test
    void takenPort_endsTheStartWithALine() throws IOException {
        try (GreetingService other = new GreetingService(hosts.sensorPrefix(), 9465);
                SentryProcess sentry = start("BLOCK_TCP=\"0\"", Scrape.LISTEN)) {
            assertThat(sentry.awaitExit()).isOne();
            assertThat(sentry.lines()).anyMatch(line -> line.contains("cannot listen at 127.0.0.1 port 9465 for "
                    + "METRICS_LISTEN (Address already in use); choose another address or port"));
        }
    }

    @Test
    void reload_withAnotherAddress_saysThatItNeedsARestart() throws IOException {
        try (SentryProcess sentry = start("BLOCK_TCP=\"0\"", Scrape.LISTEN).awaitReady()) {
            Path configuration = directory.resolve("portsentry.conf");
            Files.writeString(configuration, Files.readString(configuration).replace(":9465", ":9466"));
            sentry.hangUp();
            sentry.awaitLine("Changed, but not before the next start: METRICS_LISTEN");
            assertThat(scrape().value("edge_sentry_hosts_tracked")).isZero();
        }
    }

    private static double probes(PrometheusText text) {
        return text.sum("edge_sentry_probes_total", labels -> "probe".equals(labels.get("verdict")));
    }

    private static void scan(String ports) {
        hosts.onScanner("nmap -n -Pn -sS --min-rate 500 --max-retries 0 -p " + ports + " " + TwoHosts.SENSOR_V4);
    }

    private PrometheusText scrape() {
        return Scrape.of(hosts);
    }

    private static String threads(SentryProcess sentry) throws IOException {
        return Shell.run(List.of("bash", "-c", "cat /proc/" + sentry.pid() + "/task/*/comm"));
    }

    private String sentry(String... words) {
        List<String> command = new ArrayList<>(List.of(words));
        command.addAll(List.of("-c", directory.resolve("portsentry.conf").toString()));
        CommandRun run = CommandRun.sentry(command.toArray(String[]::new));
        assertThat(run.status()).as(run.err()).isZero();
        return run.out();
    }

    private SentryProcess start(String... settings) throws IOException {
        List<String> lines = new ArrayList<>(List.of(settings));
        boolean connects = lines.remove("--connect");
        Path configuration = Files.writeString(directory.resolve("portsentry.conf"), """
                TCP_PORTS="%2$s"
                UDP_PORTS=""
                HISTORY_FILE="%1$s/history"
                BLOCKED_FILE="%1$s/blocked"
                STATE_DIR="%1$s"
                CONTROL_SOCKET="%1$s/socket"
                """.formatted(directory, connects ? "11,15,79" : "1-" + TRAPS) + String.join("\n", lines) + "\n");
        return new SentryProcess(hosts.sensorPrefix(), connects ? "--connect" : "--stealth", "-c",
                configuration.toString());
    }
}
