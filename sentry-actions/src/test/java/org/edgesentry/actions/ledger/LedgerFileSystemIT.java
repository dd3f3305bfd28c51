package org.edgesentry.actions.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.edgesentry.actions.ledger.LedgerFixture.block;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.edgesentry.actions.kernel.Tools;
import org.edgesentry.core.ledger.ActiveBlock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file system without room, without programs, or read-only; a reader beside us. */
class LedgerFileSystemIT {

    @TempDir
    private Path temporary;
    private final List<Path> mounted = new ArrayList<>();
    private final List<ActiveBlock> written = new ArrayList<>();

    private Path mount(String name, String options) throws IOException {
        Tools.require("mount", "mount");
        Path directory = Files.createDirectory(temporary.resolve(name));
        Tools.run(List.of("mount", "-t", "tmpfs", "-o", options, "edge-sentry-test", directory.toString()));
        mounted.add(directory);
        return directory;
    }

    @AfterEach
    void unmount() {
        mounted.forEach(directory -> Tools.run(List.of("umount", "-l", directory.toString())));
    }

    private static List<ActiveBlock> blocks(int first, int count) {
        List<ActiveBlock> blocks = new ArrayList<>();
        for (int i = first; i < first + count; i++) {
            blocks.add(block("10." + (i >> 16) + "." + (i >> 8 & 0xFF) + "." + (i & 0xFF)));
        }
        return blocks;
    }

    private void write(SqliteLedger ledger, int count) throws IOException {
        List<ActiveBlock> blocks = blocks(written.size(), count);
        ledger.write(blocks, List.of());
        written.addAll(blocks);
    }

    private static void fillUp(Path ballast) {
        try (OutputStream out = Files.newOutputStream(ballast, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
            while (true) {
                out.write(new byte[1_024]);
            }
        } catch (IOException e) {
            assertThat(e).hasMessageContaining("No space left");
        }
    }

    @Test
    void write_diskFull_saysSoAndGoesOnOnceThereIsRoom() throws IOException {
        Path disk = mount("small", "size=4m");
        LedgerFixture fixture = new LedgerFixture(disk);
        try (SqliteLedger ledger = fixture.open()) {
            write(ledger, 100);
            fillUp(disk.resolve("ballast"));
            for (int attempt = 0; attempt < 3; attempt++) {
                assertThatThrownBy(() -> writeUntilFull(ledger)).isExactlyInstanceOf(IOException.class)
                        .hasMessageStartingWith("no space left for the ledger " + fixture.file);
                assertThat(ledger.active()).containsExactlyInAnyOrderElementsOf(written);
            }
            Files.delete(disk.resolve("ballast"));
            write(ledger, 100);
            assertThat(ledger.active()).containsExactlyInAnyOrderElementsOf(written);
        }
        try (SqliteLedger ledger = fixture.open()) {
            assertThat(ledger.active()).containsExactlyInAnyOrderElementsOf(written);
        }
        assertThat(fixture.said).isEmpty();
    }

    private void writeUntilFull(SqliteLedger ledger) throws IOException {
        while (true) {
            write(ledger, 50);
        }
    }

    @Test
    void startOver_diskFull_leavesWhatIsThereUntilThereIsRoom() throws IOException {
        Path disk = mount("small", "size=1m");
        LedgerFixture fixture = new LedgerFixture(disk);
        try (SqliteLedger ledger = fixture.open()) {
            write(ledger, 1_000);
            Files.delete(disk.resolve("ledger.db-wal"));
            assertThatThrownBy(() -> write(ledger, 1)).isInstanceOf(LedgerDamagedException.class);
            fillUp(disk.resolve("ballast"));
            for (int attempt = 0; attempt < 5; attempt++) {
                assertThatThrownBy(() -> ledger.startOver(written)).hasMessageStartingWith("no space left");
                assertThatThrownBy(() -> write(ledger, 1)).isInstanceOf(LedgerDamagedException.class);
            }
            assertThat(fixture.setAside()).isEmpty();
            Files.delete(disk.resolve("ballast"));
            ledger.startOver(written);
            assertThat(ledger.active()).hasSize(1_000);
        }
        assertThat(fixture.said).singleElement().asString().contains("with 1000 blocks");
    }

    @Test
    void open_diskFull_saysSo() throws IOException {
        Path disk = mount("small", "size=64k");
        fillUp(disk.resolve("ballast"));
        assertThatThrownBy(() -> new LedgerFixture(disk).open()).isExactlyInstanceOf(IOException.class)
                .hasMessageStartingWith("no space left for the ledger");
        assertThat(disk.toFile().list()).containsExactly("ballast");
    }

    @Test
    void write_remountedReadOnly_saysSoAndGoesOnAfterwards() throws IOException {
        Path disk = mount("small", "size=4m");
        LedgerFixture fixture = new LedgerFixture(disk);
        fixture.open().close();
        Tools.run(List.of("mount", "-o", "remount,ro", disk.toString()));
        assertThatThrownBy(fixture::open).isInstanceOf(IOException.class).hasMessageContaining("read-only");
        Tools.run(List.of("mount", "-o", "remount,rw", disk.toString()));
        try (SqliteLedger ledger = fixture.open()) {
            write(ledger, 1);
        }
        assertThat(fixture.said).isEmpty();
    }

    @Test
    void open_noProgramsAllowedInTmp_takesTheLibraryFromTheStateDirectory() throws IOException {
        Path tmp = mount("tmp", "size=8m,noexec");
        try (LedgerWriter writer = new LedgerWriter(temporary.resolve("state"), tmp, "10.1")) {
            assertThat(writer.line()).isEqualTo("10.1.0.0");
        }
        assertThat(tmp).isEmptyDirectory();
    }

    @Test
    void open_noProgramsAllowedAnywhere_saysWhatToDo() throws IOException {
        Path tmp = mount("tmp", "size=8m,noexec");
        try (LedgerWriter writer = new LedgerWriter(tmp.resolve("state"), tmp, "10.1")) {
            assertThat(writer.line()).startsWith("failed SQLite cannot be loaded")
                    .contains("java.io.tmpdir without noexec");
            assertThat(writer.line()).isNull();
        }
        assertThat(tmp.resolve("state")).isEmptyDirectory();
    }

    @Test
    void write_administratorReadsWithSqlite3_isDone() throws Exception {
        Tools.require("sqlite3", "sqlite3");
        LedgerFixture fixture = new LedgerFixture(temporary.resolve("state"));
        try (SqliteLedger ledger = fixture.open()) {
            write(ledger, 10);
            Process reader = new ProcessBuilder("sqlite3", fixture.file.toString()).redirectErrorStream(true).start();
            reader.outputWriter().append("BEGIN; SELECT count(*) FROM readable;\n").flush();
            assertThat(reader.inputReader().readLine()).isEqualTo("10");
            write(ledger, 5_000);
            ledger.forgetBefore(1);
            reader.outputWriter()
                    .append("SELECT count(*) FROM readable; COMMIT; SELECT count(*) FROM blocks;\n").flush();
            assertThat(reader.inputReader().readLine()).as("in its transaction").isEqualTo("10");
            assertThat(reader.inputReader().readLine()).isEqualTo("5010");
            reader.outputWriter().close();
            assertThat(reader.waitFor()).isZero();
            write(ledger, 1);
        }
        assertThat(Tools.run(List.of("sqlite3", fixture.file.toString(), "PRAGMA integrity_check")).strip())
                .isEqualTo("ok");
        assertThat(fixture.said).isEmpty();
    }
}
