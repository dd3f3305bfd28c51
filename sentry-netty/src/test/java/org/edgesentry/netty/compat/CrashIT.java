package org.edgesentry.netty.compat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.edgesentry.netty.daemon.SentryProcess;
import org.edgesentry.netty.lab.Shell;
import org.edgesentry.netty.lab.TwoHosts;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * kill -9 at random moments of a running scan by many sources: what the console has called blocked is blocked after the
 * next start, for no longer than it was to be, and what is over does not return. {@code -Dcrashes=50} for more of it.
 */
class CrashIT extends BlackBox {

    private static final int CRASHES = Integer.getInteger("crashes", 6);
    private static final long SEED = Long.getLong("crashes.seed", 20261126);
    private static final int SOURCES_PER_SECOND = 300;
    private static final long LONG_SECONDS = 3_600;
    private static final long SHORT_SECONDS = 4;
    /** A time that is rounded up to a second, and many blocks that are put back by a busy machine. */
    private static final long TOLERANCE_MILLIS = 4_000;
    private static final Pattern REPORTED = Pattern.compile("Host (10\\.[0-9.]+) has been blocked");
    private static final Pattern IN_BLOCKED_FILE = Pattern.compile("Host: (10\\.[0-9.]+)/");

    private final Random random = new Random(SEED);
    private final Map<String, Reported> reported = new HashMap<>();

    /** Ends between these, milliseconds since 1970. */
    private record Reported(long earliestEnd, long latestEnd) {
    }

    @BeforeAll
    static void tools() {
        Shell.need("sqlite3", "sqlite3");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "auto"})
    void killedAtRandomMoments_noReportedBlockIsLost_noneThatIsOverReturns(String offload) {
        setup.set("BLOCK_TCP", "1").set("BLOCK_OFFLOAD", offload).set("TCP_PORTS", "1");
        Process scan = Scanner.begin(lab.hosts(), "stream 10.88 " + TwoHosts.SENSOR_V4 + " 1 " + SOURCES_PER_SECOND
                + " " + (60 + 12 * CRASHES));
        try {
            for (int crash = 0; crash < CRASHES; crash++) {
                crash(crash);
            }
            assertThat(scan.isAlive()).as("the scan went on").isTrue();
            scan.destroyForcibly();
            checkAfterRestart();
        } finally {
            scan.destroyForcibly();
        }
        assertThat(reported).as("reported blocks").hasSizeGreaterThan(CRASHES * SOURCES_PER_SECOND / 10);
    }

    /** For ten seconds the kernel remembers whom it has blocked by itself. */
    @Test
    void blockIsOver_kernelStillRemembersIt_doesNotReturn() {
        try (Sensor sensor = setup.set("BLOCK_TCP", "1").set("BLOCK_TIME", "3s").start()) {
            scanner.connect(1);
            sensor.awaitConsole("no longer blocked: its time is over");
            await().atMost(Duration.ofSeconds(15)).until(() ->
                    !lab.hosts().onSensor("nft list set inet edge_sentry fresh4").contains(scanner.v4()));
            assertThat(sensor.console("has been blocked")).hasSize(1);
        }
    }

    /** Each third run is short of blocks' time, each fourth dies while it starts, one finds its rules gone. */
    private void crash(int number) {
        long blockSeconds = number % 3 == 1 ? SHORT_SECONDS : LONG_SECONDS;
        setup.set("BLOCK_TIME", blockSeconds + "s");
        long begin = System.currentTimeMillis();
        SentryProcess daemon = setup.launch();
        try {
            if (number % 4 == 3) {
                sleep(random.nextInt(2_500));
            } else {
                daemon.awaitReady();
                check(daemon);
                sleep(random.nextInt(1_500));
            }
        } finally {
            daemon.kill();
        }
        note(daemon, begin + blockSeconds * 1_000, System.currentTimeMillis() + blockSeconds * 1_000);
        if (number == CRASHES / 2) {
            lab.clearFirewall();
        }
    }

    /** The moment of the crash is the point here, so this is no waiting for a condition. */
    private static void sleep(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private void note(SentryProcess daemon, long earliestEnd, long latestEnd) {
        List<String> blocked = all(REPORTED, daemon.lines());
        assertThat(blocked).as("reported for the first time").noneMatch(reported::containsKey);
        blocked.forEach(address -> reported.put(address, new Reported(earliestEnd, latestEnd)));
    }

    private static List<String> all(Pattern pattern, List<String> lines) {
        return lines.stream().map(pattern::matcher).filter(Matcher::find).map(line -> line.group(1))
                .collect(Collectors.toCollection(ArrayList::new));
    }

    private void checkAfterRestart() {
        try (Sensor sensor = setup.set("BLOCK_TIME", LONG_SECONDS + "s").start()) {
            check(sensor.process());
            Set<String> due = new TreeSet<>();
            reported.forEach((address, times) -> {
                if (times.earliestEnd() > System.currentTimeMillis() + 60_000) {
                    due.add(address);
                }
            });
            await("blocked file").atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
                due.removeAll(new HashSet<>(all(IN_BLOCKED_FILE, sensor.blocked())));
                assertThat(due).isEmpty();
            });
            assertThat(sensor.terminate()).isZero();
        }
    }

    private void check(SentryProcess daemon) {
        long before = System.currentTimeMillis();
        Map<String, Long> set = BlocksHeld.inSet(lab.hosts());
        Map<String, Long> ledger = BlocksHeld.inLedger(directory.resolve("state"));
        long after = System.currentTimeMillis();
        Set<String> wrong = new TreeSet<>();
        reported.forEach((address, times) -> {
            long endInSet = set.containsKey(address) ? before + set.get(address) * 1_000 : 0;
            long endInLedger = ledger.getOrDefault(address, 0L);
            if (times.earliestEnd() > after + TOLERANCE_MILLIS && !(ledger.containsKey(address)
                    && (set.containsKey(address) || BlocksHeld.isInSet(lab.hosts(), address)))) {
                wrong.add(address + " is lost, set " + set.get(address) + " ledger " + ledger.get(address));
            }
            if (Math.max(endInSet, endInLedger) > times.latestEnd() + TOLERANCE_MILLIS) {
                wrong.add(address + " goes on for too long, milliseconds " + (endInSet - times.latestEnd())
                        + " in the set, " + (endInLedger - times.latestEnd()) + " in the ledger");
            }
            if (times.latestEnd() + 2 * TOLERANCE_MILLIS < before && (endInSet > 0 || endInLedger > 0)) {
                wrong.add(address + " was over and is blocked again");
            }
        });
        String console = String.join("\n", daemon.lines().stream().filter(line -> !line.contains("10.8")).toList());
        assertThat(wrong).as("of %d reported blocks; the console says %s", reported.size(), console).isEmpty();
        System.out.println("crash check: " + reported.size() + " reported, " + set.size() + " in the set, "
                + ledger.size() + " in the ledger");
    }
}
