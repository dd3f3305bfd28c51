package org.edgesentry.netty.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.edgesentry.netty.lab.Flood;
import org.edgesentry.netty.lab.Shell;
import org.edgesentry.netty.lab.TwoHosts;
import org.edgesentry.netty.metrics.PrometheusText;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Times are told as they are, without coordinated omission: while the daemon is stopped, no probe is read, and yet each
 * of that time has waited and counts so.
 */
@Timeout(120)
class StallIT {

    private static final long HALF_A_STALL_NANOS = TimeUnit.MILLISECONDS.toNanos(260);
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int RING_SLOTS = 32_768;

    @TempDir
    private Path directory;
    private TwoHosts hosts;
    private Path configuration;

    @BeforeEach
    void open() throws IOException {
        hosts = new TwoHosts();
        configuration = OneTrap.write(directory, "BLOCK_TCP=\"0\"", Scrape.LISTEN);
    }

    @AfterEach
    void close() {
        hosts.close();
    }

    @Test
    void stall_underASteadyLoad_isInTheTimeOfEveryProbeThatCameMeanwhile() {
        int packets = 6_000;
        try (SentryProcess sentry = start();
                Flood flood = Flood.start(hosts, Flood.Sources.ONE, 111, packets, 2_000)) {
            await().atMost(PATIENCE).until(() -> arrived() > 1_000);
            signal("STOP", sentry);
            long beforeStall = arrived();
            LockSupport.parkNanos(HALF_A_STALL_NANOS);
            long inFirstHalf = arrived() - beforeStall;
            LockSupport.parkNanos(HALF_A_STALL_NANOS);
            signal("CONT", sentry);
            flood.awaitEnd();

            await().atMost(PATIENCE).untilAsserted(() -> assertThat(timed()).isEqualTo(packets));
            PrometheusText metrics = Scrape.of(hosts);
            assertThat(inFirstHalf).isGreaterThan(packets / 100);
            assertThat(packets - metrics.value("edge_sentry_probe_to_verdict_seconds_bucket", "le", "0.25"))
                    .as("waited longer than half the stall").isGreaterThanOrEqualTo(inFirstHalf);
            assertThat(statusSeconds("max_seconds")).isGreaterThan(0.5);
            assertThat(statusSeconds("p99_seconds")).isGreaterThan(0.25);
        }
    }

    @Test
    void stall_thatOutlastsTheRing_countsWhatWasLostAsLaterThanAll() {
        int packets = 2 * RING_SLOTS;
        try (SentryProcess sentry = start()) {
            signal("STOP", sentry);
            try (Flood flood = Flood.start(hosts, Flood.Sources.ONE, 111, packets, 50_000)) {
                flood.awaitEnd();
            }
            signal("CONT", sentry);

            await().atMost(PATIENCE).untilAsserted(() ->
                    assertThat(timed() + Scrape.lost(Scrape.of(hosts))).isEqualTo(packets));
            long lost = Scrape.lost(Scrape.of(hosts));
            assertThat(lost).isEqualTo(packets - RING_SLOTS);
            assertThat(status()).contains("\"lost\":" + lost + ",").contains("max_seconds")
                    .doesNotContain("p99_seconds");
        }
    }

    private long timed() {
        return (long) Scrape.of(hosts).value("edge_sentry_probe_to_verdict_seconds_count");
    }

    private long arrived() {
        return Long.parseLong(hosts.onSensor("cat /sys/class/net/near/statistics/rx_packets").strip());
    }

    private static void signal(String name, SentryProcess sentry) {
        Shell.run("kill -" + name + " " + sentry.pid());
    }

    private double statusSeconds(String key) {
        Matcher value = Pattern.compile("\"probe_to_verdict\":\\{[^}]*\"" + key + "\":([0-9.E-]+)").matcher(status());
        assertThat(value.find()).as(key).isTrue();
        return Double.parseDouble(value.group(1));
    }

    private String status() {
        CommandRun run = CommandRun.sentry("status", "--json", "-c", configuration.toString());
        assertThat(run.status()).as(run.err()).isZero();
        return run.out();
    }

    private SentryProcess start() {
        return new SentryProcess(hosts.sensorPrefix(), "--stealth", "-c", configuration.toString()).awaitReady();
    }
}
