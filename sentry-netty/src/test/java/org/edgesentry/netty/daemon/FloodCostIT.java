package org.edgesentry.netty.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.edgesentry.netty.lab.Flood;
import org.edgesentry.netty.lab.Shell;
import org.edgesentry.netty.lab.TwoHosts;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a flood leaves behind: next to no garbage, a log that is bounded, and nobody who waits for the disk. */
@Timeout(120)
class FloodCostIT {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int PACKETS_A_SECOND = 50_000;
    /** Of a flood of five seconds; ten megabytes in a minute are asked for. */
    private static final long GARBAGE_BYTES = 800_000;
    private static final long LOG_BYTES = 500_000;
    private static final Pattern ALLOCATED = Pattern.compile(" allocated=(\\d+)([BKMG])");

    @TempDir
    private Path directory;
    private TwoHosts hosts;

    @BeforeEach
    void open() {
        Shell.need("nft", "nftables");
        hosts = new TwoHosts();
    }

    @AfterEach
    void close() {
        hosts.close();
    }

    @Test
    void flood_ofOneSource_allocatesNextToNothing() throws IOException {
        try (SentryProcess sentry = start("0", List.of()).awaitReady()) {
            flood(Flood.Sources.ONE, 100_000);
            await().atMost(PATIENCE).untilAsserted(() -> assertThat(status("probe")).isEqualTo(100_000));
            allocated(sentry);
            long before = allocated(sentry);
            flood(Flood.Sources.ONE, 250_000);
            long allocated = allocated(sentry) - before;

            await().atMost(PATIENCE).untilAsserted(() -> assertThat(status("probe")).isEqualTo(350_000));
            assertThat(allocated).as("bytes of all threads").isLessThan(GARBAGE_BYTES);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "1"})
    void flood_ofForgedSources_leavesLittleLog(String blockTcp) throws IOException {
        try (SentryProcess sentry = start(blockTcp, List.of()).awaitReady()) {
            flood(Flood.Sources.RANDOM, 250_000);
            await().atMost(PATIENCE).untilAsserted(() -> {
                String status = status();
                assertThat(number(status, "probe") + number(status, "lost_in_ring") + number(status, "lost_in_kernel"))
                        .as(status).isEqualTo(250_000);
            });
            assertThat(sentry.terminate()).isZero();

            long console = sentry.lines().stream().mapToLong(line -> line.length() + 1).sum();
            long history = Files.size(directory.resolve("history"));
            assertThat(console).as("console").isPositive();
            assertThat(console + history).as("console and history").isLessThan(LOG_BYTES);
        }
    }

    /** The console is a full pipe: the thread that writes the log stands still from its first line on. */
    @Test
    void consoleThatNobodyReads_keepsNobodyWaiting() throws IOException {
        Path pipe = directory.resolve("console");
        List<String> wrapper = List.of("bash", "-c", """
                mkfifo "$0" && exec 3<> "$0" && { dd if=/dev/zero of="$0" bs=4096 oflag=nonblock 2> /dev/null || true; }
                exec "$@" > "$0" 2>&1""", pipe.toString());
        try (SentryProcess sentry = start("1", wrapper)) {
            await().atMost(PATIENCE).until(this::isUp);
            flood(Flood.Sources.ONE, 100_000);

            await().atMost(PATIENCE).untilAsserted(() -> assertThat(status("probe")).isEqualTo(100_000));
            await().atMost(PATIENCE).untilAsserted(() -> assertThat(status("active")).isOne());
            assertThat(Files.readString(directory.resolve("history"))).contains("Scan from: [10.77.0.1]");
            assertThat(sentry.terminate()).isZero();
            assertThat(sentry.lines()).isEmpty();
        }
    }

    private void flood(Flood.Sources sources, int packets) {
        try (Flood flood = Flood.start(hosts, sources, 111, packets, PACKETS_A_SECOND)) {
            flood.awaitEnd();
        }
    }

    private boolean isUp() {
        return sentry("status").status() == 0;
    }

    /** A number of {@code sentry status}. */
    private long status(String key) {
        return number(status(), key);
    }

    private String status() {
        CommandRun run = sentry("status", "--json");
        assertThat(run.status()).as(run.err()).isZero();
        return run.out();
    }

    private static long number(String status, String key) {
        return Pattern.compile("\"" + key + "\":(\\d+)").matcher(status).results().findFirst()
                .map(found -> Long.parseLong(found.group(1))).orElseThrow();
    }

    private CommandRun sentry(String command, String... options) {
        List<String> words = new ArrayList<>(List.of(command, "-c", directory.resolve("portsentry.conf").toString()));
        words.addAll(List.of(options));
        return CommandRun.sentry(words.toArray(String[]::new));
    }

    /** What all threads of the daemon have allocated since they began, as the virtual machine counts it. */
    private static long allocated(SentryProcess sentry) {
        return ALLOCATED.matcher(Shell.run("jcmd " + sentry.pid() + " Thread.print -e")).results()
                .mapToLong(FloodCostIT::bytes).sum();
    }

    private static long bytes(MatchResult amount) {
        int shift = 10 * "BKMG".indexOf(amount.group(2));
        return Long.parseLong(amount.group(1)) << shift;
    }

    private SentryProcess start(String blockTcp, List<String> wrapper) throws IOException {
        Path configuration = OneTrap.write(directory, "BLOCK_TCP=\"" + blockTcp + "\"", "BLOCK_OFFLOAD=\"0\"");
        List<String> prefix = hosts.sensorPrefix();
        prefix.addAll(wrapper);
        return new SentryProcess(prefix, "--stealth", "-c", configuration.toString());
    }
}
