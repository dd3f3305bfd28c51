package org.edgesentry.netty.compat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.regex.Pattern;
import org.edgesentry.netty.lab.Shell;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The clock is set under the running daemon, for it alone (libfaketime): blocks last as long as they were to, whether
 * the kernel ends them or the daemon.
 */
class ClockIT extends BlackBox {

    private static final long HOUR_SECONDS = 3_600;

    private Path offset;

    @BeforeAll
    static void tools() {
        Shell.need("faketime", "faketime");
        Shell.need("sqlite3", "sqlite3");
    }

    private Sensor start(String blockTime) {
        offset = directory.resolve("offset");
        setClock("+0");
        String library = Shell.run("dpkg -L libfaketime").lines().filter(line -> line.endsWith("/libfaketime.so.1"))
                .findFirst().orElseThrow();
        setup.within("env", "LD_PRELOAD=" + library, "FAKETIME_TIMESTAMP_FILE=" + offset,
                "FAKETIME_CACHE_DURATION=1", "FAKETIME_FORCE_MONOTONIC_FIX=0",
                "FAKETIME_DONT_FAKE_MONOTONIC=1");
        return setup.set("BLOCK_TCP", "1").set("BLOCK_TIME", blockTime).start();
    }

    /** In one step: a reader of half a file would see another time. */
    private void setClock(String text) {
        try {
            Path newer = Files.writeString(directory.resolve("offset.new"), text + "\n");
            Files.move(newer, offset, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private void block(Sensor sensor) {
        scanner.connect(1);
        sensor.awaitConsole("Host " + Pattern.quote(scanner.v4()) + " has been blocked");
    }

    /** By the daemon's clock, which is off by so much. */
    private void assertLeft(long offsetSeconds) {
        assertThat(BlocksHeld.inSet(lab.hosts()).get(scanner.v4())).as("seconds left in the kernel")
                .isBetween(HOUR_SECONDS - 60, HOUR_SECONDS);
        await("the ledger").atMost(Duration.ofSeconds(8)).untilAsserted(() -> {
            long until = BlocksHeld.inLedger(directory.resolve("state")).getOrDefault(scanner.v4(), 0L) / 1_000;
            assertThat(until - System.currentTimeMillis() / 1_000 - offsetSeconds)
                    .as("seconds left in the ledger").isBetween(HOUR_SECONDS - 60, HOUR_SECONDS + 1);
        });
    }

    @Test
    void clockIsSet_twoHoursEachWay_blocksStayAsLong() {
        try (Sensor sensor = start("1h")) {
            block(sensor);
            for (int hours : new int[] {2, 0, -2, 0}) {
                setClock(hours == 0 ? "+0" : (hours > 0 ? "+" : "") + hours + "h");
                assertLeft(hours * HOUR_SECONDS);
                // Who goes on is neither blocked again nor for longer.
                scanner.connect(11);
            }
            assertThat(sensor.console("The clock was set by -?7[12]\\d\\d seconds")).hasSize(4);
            assertThat(sensor.console("no longer blocked")).isEmpty();
            assertThat(sensor.console("Host " + Pattern.quote(scanner.v4()) + " has been blocked")).hasSize(1);
            assertThat(sensor.blocked()).hasSize(1);
            setClock("+2h");
            assertLeft(2 * HOUR_SECONDS);
            sensor.process().kill();
        }
        try (Sensor sensor = setup.start()) {
            assertThat(sensor.console("no longer blocked")).isEmpty();
            assertThat(BlocksHeld.inSet(lab.hosts()).get(scanner.v4())).isBetween(HOUR_SECONDS - 60, HOUR_SECONDS);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"auto", "route"})
    void clockIsSetBack_shortBlock_endsInItsTime(String method) {
        setup.set("BLOCK_METHOD", method);
        try (Sensor sensor = start("4s")) {
            block(sensor);
            setClock("-2h");
            await().atMost(Duration.ofSeconds(8)).until(() -> !sensor.console("no longer blocked: its time").isEmpty());
            assertThat(lab.hosts().onSensor("ip route show type blackhole")).doesNotContain(scanner.v4());
            assertThat(BlocksHeld.inSet(lab.hosts())).doesNotContainKey(scanner.v4());
        }
    }
}
