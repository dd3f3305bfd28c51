package org.edgesentry.netty.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
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
 * A steady flood of forged sources while everything that could keep the pipeline waiting happens at once: the machine
 * collects its whole heap, the configuration is read anew, 100,000 blocks and 10,000 hosts are listed, the metrics are
 * scraped. No probe is lost, each is counted once, and nobody on its way waits for a lock of somebody beside it.
 */
@Timeout(180)
class StormIT {

    private static final int BLOCKS = 100_000;
    private static final int PACKETS = 200_000;
    private static final int PACKETS_A_SECOND = 20_000;
    private static final int MOST_PACKETS = 5 * PACKETS;
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final long REST_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

    /** No answer in time; no room in a ring for the question. */
    private static final Pattern TOO_BUSY = Pattern.compile("the daemon (is busy|has too much to do just now)");

    @TempDir
    private Path directory;
    private TwoHosts hosts;
    private Path configuration;

    @BeforeEach
    void open() throws IOException {
        Shell.need("nft", "nftables");
        Shell.need("sqlite3", "sqlite3");
        hosts = new TwoHosts();
        configuration = OneTrap.write(directory, "BLOCK_TCP=\"1\"", "BLOCK_OFFLOAD=\"0\"",
                "BLOCK_MAX=\"" + BLOCKS + "\"", Scrape.LISTEN);
    }

    @AfterEach
    void close() {
        hosts.close();
    }

    @Test
    void flood_whileTheDaemonIsBusyWithEverythingElse_losesNothing() {
        rememberBlocks();
        try (SentryProcess sentry = start()) {
            assertThat(Scrape.of(hosts).value("edge_sentry_blocks_active")).isEqualTo(BLOCKS);
            double collections = collections(Scrape.of(hosts));
            LockWaits waits = new LockWaits(sentry, directory);
            List<Burden> burdens = List.of(
                    new Burden("collect", () -> collect(sentry)),
                    new Burden("list blocks", () -> list("blocks", "target") == BLOCKS),
                    new Burden("list hosts", () -> list("hosts", "first_seen") > 0),
                    new Burden("reload", () -> reload(sentry)),
                    new Burden("scrape", () -> Scrape.judged(Scrape.of(hosts)) > 0));
            int sent = floodUntilAllWereDone(burdens);
            burdens.forEach(Burden::end);
            assertThat(waits.stop()).as("waits of those on the way of a probe, but for work").noneMatch(wait ->
                    wait.matches("sentry-(probes|capture).*") && !wait.contains("LiteBlockingWaitStrategy"));

            await().atMost(PATIENCE).untilAsserted(() -> assertThat(Scrape.judged(Scrape.of(hosts))
                    + Scrape.lost(Scrape.of(hosts))).isEqualTo(sent));
            PrometheusText metrics = Scrape.of(hosts);
            assertThat(Scrape.lost(metrics)).as("of %d, as %s says", sent, sentry.lines()).isZero();
            assertThat(Scrape.judged(metrics)).isEqualTo(sent);
            assertThat(collections(metrics)).isGreaterThan(collections);
            assertThat(metrics.sum("edge_sentry_handler_failures_total", labels -> true)).isZero();
        }
    }

    /** A first run makes the ledger, to which blocks of an earlier day are added. */
    private void rememberBlocks() {
        try (SentryProcess sentry = start()) {
            assertThat(sentry.terminate()).isZero();
        }
        Shell.run(List.of("sqlite3", directory.resolve("ledger.db").toString(), """
                WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < %d - 1),
                  host(a) AS (SELECT '172.' || (16 + i / 65536) || '.' || (i / 256 %% 256) || '.' || (i %% 256) FROM n)
                INSERT INTO blocks SELECT a, 'PROBE', a, 6, 111, (strftime('%%s') - 60) * 1000000000,
                  (strftime('%%s') + 86400) * 1000000000, 1, 'TCP/111', 1, NULL, NULL FROM host
                """.formatted(BLOCKS)));
    }

    private SentryProcess start() {
        return new SentryProcess(hosts.sensorPrefix(), "--stealth", "-c", configuration.toString()).awaitReady();
    }

    /** A slow machine takes its time for a burden; the flood goes on so long. How many packets were sent is told. */
    private int floodUntilAllWereDone(List<Burden> burdens) {
        int sent = 0;
        while (sent == 0 || sent < MOST_PACKETS && !burdens.stream().allMatch(Burden::wasDone)) {
            try (Flood flood = Flood.start(hosts, Flood.Sources.RANDOM, 111, PACKETS, PACKETS_A_SECOND)) {
                flood.awaitEnd();
                sent += PACKETS;
            }
        }
        assertThat(burdens).allMatch(Burden::wasDone);
        return sent;
    }

    private static boolean collect(SentryProcess sentry) {
        Shell.run("jcmd " + sentry.pid() + " GC.run");
        return true;
    }

    /** How many the daemon lists, each with this key; none when it says that it is too busy. */
    private long list(String what, String key) {
        CommandRun run = CommandRun.sentry(what, "--json", "-c", configuration.toString());
        assertThat(run.status() == 0 || TOO_BUSY.matcher(run.err()).find()).as(run.err()).isTrue();
        return run.out().split("\"" + key + "\"", -1).length - 1L;
    }

    private static boolean reload(SentryProcess sentry) {
        long before = reloads(sentry);
        sentry.hangUp();
        await().atMost(PATIENCE).until(() -> reloads(sentry) > before);
        return true;
    }

    private static long reloads(SentryProcess sentry) {
        return sentry.lines().stream().filter(line -> line.startsWith("Reloaded ")).count();
    }

    private static double collections(PrometheusText metrics) {
        return metrics.sum("edge_sentry_jvm_gc_collections_total", labels -> true);
    }

    /** Something that is done once and again, with a short rest, on a thread of its own. */
    private static final class Burden {

        private final String name;
        private final BooleanSupplier work;
        private final CompletableFuture<Void> end;
        private volatile boolean done;
        private volatile boolean ends;

        Burden(String name, BooleanSupplier work) {
            this.name = name;
            this.work = work;
            this.end = CompletableFuture.runAsync(this::run, run -> new Thread(run, name).start());
        }

        private void run() {
            while (!ends) {
                done |= work.getAsBoolean();
                LockSupport.parkNanos(REST_NANOS);
            }
        }

        /** Whether it succeeded at least once. A failure is one of the test. */
        boolean wasDone() {
            if (end.isCompletedExceptionally()) {
                end.join();
            }
            return done;
        }

        void end() {
            ends = true;
            end.join();
        }

        @Override
        public String toString() {
            return name;
        }
    }
}
