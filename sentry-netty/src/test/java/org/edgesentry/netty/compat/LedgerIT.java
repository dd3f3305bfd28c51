package org.edgesentry.netty.compat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.edgesentry.netty.lab.Shell;
import org.edgesentry.netty.lab.TwoHosts;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Damage to the ledger and want of room under the daemon: it says so, goes on, and forgets no block for it. */
class LedgerIT extends BlackBox {

    private static final List<String> DAMAGE_WHILE_STOPPED = List.of(
            "truncate -s 5000 LEDGER",
            "truncate -s 0 LEDGER",
            "head -c 20000 /dev/urandom > LEDGER",
            "rm -f LEDGER* && mkdir -p LEDGER/within",
            "printf 'garbage' | dd of=LEDGER bs=1 seek=4096 conv=notrunc status=none");
    private static final List<String> DAMAGE_WHILE_RUNNING = List.of(
            "truncate -s 5000 LEDGER",
            "truncate -s 0 LEDGER",
            "head -c 20000 /dev/urandom > LEDGER",
            "head -c 20000 /dev/urandom | dd of=LEDGER conv=notrunc status=none && truncate -s 0 LEDGER-wal",
            "rm LEDGER",
            "rm LEDGER LEDGER-wal LEDGER-shm",
            "rm -r $(dirname LEDGER)",
            "rm LEDGER && mkdir LEDGER");
    private static final Duration SOON = Duration.ofSeconds(10);
    private static final int MANY = 40;

    private final List<Path> mounted = new ArrayList<>();

    @BeforeAll
    static void tools() {
        Shell.need("sqlite3", "sqlite3");
    }

    @AfterEach
    void unmount() {
        mounted.forEach(directory -> Shell.run("umount -l " + directory));
    }

    private Path mount(String name, String options) {
        Path disk = directory.resolve(name);
        Shell.run("mkdir -p " + disk);
        Shell.run("mount -t tmpfs -o " + options + " edge-sentry-test " + disk);
        mounted.add(disk);
        return disk;
    }

    private Path ledger() {
        return directory.resolve("state/ledger.db");
    }

    private void damage(String command) {
        Shell.run(List.of("sh", "-c", command.replace("LEDGER", ledger().toString())));
    }

    private Sensor start() {
        return setup.set("BLOCK_TCP", "1").start();
    }

    private static String blocked(Scanner host) {
        return "Host " + Pattern.quote(host.v4()) + " has been blocked";
    }

    private void block(Sensor sensor) {
        scanner.connect(1);
        sensor.awaitConsole(blocked(scanner));
        await().atMost(SOON).untilAsserted(() -> assertInSet(scanner));
    }

    private void assertInSet(Scanner host) {
        assertThat(BlocksHeld.inSet(lab.hosts())).containsKey(host.v4());
    }

    private void awaitInLedger(Path state, String... addresses) {
        await("ledger").atMost(SOON).untilAsserted(() ->
                assertThat(BlocksHeld.inLedger(state)).containsKeys(addresses));
    }

    /** After the loss of the firewall only the ledger knows. */
    private void assertThereAfterReboot(List<Scanner> hosts) {
        lab.clearFirewall();
        try (Sensor sensor = start()) {
            assertThat(BlocksHeld.inSet(lab.hosts())).as("%s", sensor.console()).containsKeys(addresses(hosts));
        }
    }

    private static String[] addresses(List<Scanner> hosts) {
        return hosts.stream().map(Scanner::v4).toArray(String[]::new);
    }

    @Test
    void damagedWhileStopped_isSetAside_whatTheFirewallHoldsIsTakenOver() {
        List<Scanner> hosts = new ArrayList<>(List.of(scanner));
        try (Sensor sensor = start()) {
            block(sensor);
            sensor.process().kill();
        }
        for (String command : DAMAGE_WHILE_STOPPED) {
            damage(command + " && rm -f LEDGER-wal LEDGER-shm");
            try (Sensor sensor = start()) {
                assertThat(sensor.console("the ledger .* cannot be used .* it is now ledger.db.damaged-"))
                        .as(command).hasSize(1);
                hosts.add(blockNewcomer(sensor));
                awaitInLedger(directory.resolve("state"), addresses(hosts));
                sensor.process().kill();
            }
        }
        assertThereAfterReboot(hosts);
    }

    @Test
    void damagedWhileRunning_isBegunAnewWithAllThatIsInForce() {
        List<Scanner> hosts = new ArrayList<>(List.of(scanner));
        try (Sensor sensor = start()) {
            block(sensor);
            for (String command : DAMAGE_WHILE_RUNNING) {
                int said = sensor.console("the ledger .* cannot be used").size();
                damage(command);
                hosts.add(blockNewcomer(sensor));
                awaitInLedger(directory.resolve("state"), addresses(hosts));
                assertThat(sensor.console("the ledger .* cannot be used")).as(command).hasSize(said + 1);
            }
            sensor.process().kill();
        }
        assertThereAfterReboot(hosts);
    }

    private Scanner blockNewcomer(Sensor sensor) {
        Scanner newcomer = lab.newScanner();
        newcomer.connect(1);
        sensor.awaitConsole(blocked(newcomer));
        assertInSet(scanner);
        assertInSet(newcomer);
        return newcomer;
    }

    private static void fillUp(Path disk) {
        Shell.run(List.of("sh", "-c", "dd if=/dev/zero of=" + disk + "/ballast bs=4k 2> /dev/null; sync; true"));
    }

    private Sensor startOn(Path disk) {
        setup.set("STATE_DIR", disk.resolve("state").toString()).set("HISTORY_FILE", disk.resolve("history").toString())
                .set("BLOCKED_FILE", disk.resolve("blocked").toString());
        return start();
    }

    @Test
    void diskFull_blocksAreMade_saidOnce_andWrittenWhenThereIsRoom() throws IOException {
        Path disk = mount("disk", "size=2m");
        try (Sensor sensor = startOn(disk)) {
            block(sensor);
            fillUp(disk);
            Process forged = Scanner.begin(lab.hosts(), "stream 10.88 " + TwoHosts.SENSOR_V4 + " 1 20 4");
            try {
                await().atMost(SOON).until(() -> sensor.console("Host 10\\.88\\..* has been blocked").size() >= MANY);
            } finally {
                forged.destroy();
            }
            await().atMost(SOON).untilAsserted(() -> {
                assertThat(sensor.console("ledger of blocks cannot be kept: .*no space left")).hasSize(1);
                assertThat(sensor.console("(?i)no space left")).as("lines about it").hasSizeBetween(1, 4);
            });
            assertThat(BlocksHeld.inSet(lab.hosts())).hasSizeGreaterThan(MANY);

            Files.delete(disk.resolve("ballast"));
            await().atMost(Duration.ofSeconds(20)).untilAsserted(() ->
                    assertThat(sensor.console("ledger of blocks is complete again")).hasSize(1));
            assertThat(BlocksHeld.inLedger(disk.resolve("state")).keySet())
                    .containsAll(BlocksHeld.inSet(lab.hosts()).keySet());
            await("blocked file").atMost(SOON).untilAsserted(() -> assertThat(Files.readString(disk.resolve("blocked")))
                    .contains(BlocksHeld.inSet(lab.hosts()).keySet()));
            sensor.process().kill();
        }
        assertThereAfterReboot(List.of(scanner));
        assertThat(BlocksHeld.inSet(lab.hosts())).hasSizeGreaterThan(MANY);
    }

    @Test
    void diskFullAtTheStart_saysSo_blocks_andWritesWhenThereIsRoom() throws IOException {
        Path disk = mount("disk", "size=1m");
        fillUp(disk);
        setup.set("STATE_DIR", disk.resolve("state").toString());
        try (Sensor sensor = start()) {
            assertThat(sensor.console("no space left|No space left")).hasSize(1);
            block(sensor);
            Files.delete(disk.resolve("ballast"));
            awaitInLedger(disk.resolve("state"), scanner.v4());
            sensor.process().kill();
        }
        assertThereAfterReboot(List.of(scanner));
    }

    @Test
    void readOnlyFileSystem_saysSo_blocks() {
        Path disk = mount("disk", "size=1m");
        Shell.run("mount -o remount,ro " + disk);
        setup.set("STATE_DIR", disk.resolve("state").toString());
        try (Sensor sensor = start()) {
            assertThat(sensor.console("ledger.*[Rr]ead-only")).hasSize(1);
            block(sensor);
            assertThat(sensor.terminate()).isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/proc/edge-sentry", "/dev/null/state"})
    void stateDirectoryCannotBeMade_saysSo_blocks(String state) {
        setup.set("STATE_DIR", state);
        try (Sensor sensor = start()) {
            assertThat(sensor.console("ledger.*" + state.split("/")[1])).hasSize(1);
            block(sensor);
            assertThat(sensor.terminate()).isZero();
        }
    }
}
