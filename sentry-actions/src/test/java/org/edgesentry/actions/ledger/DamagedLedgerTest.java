package org.edgesentry.actions.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.edgesentry.actions.ledger.LedgerFixture.block;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DamagedLedgerTest {

    private static final String ASIDE = "ledger.db.damaged-20261126T142000Z";
    private static final int PAGE = LedgerSchema.PAGE_BYTES;

    @TempDir
    private Path temporary;
    private LedgerFixture fixture;

    @BeforeEach
    void prepare() {
        fixture = new LedgerFixture(temporary);
    }

    /** What has happened to the file while nobody had it open. */
    enum Damage {
        EMPTY("it is empty"), ONE_BYTE("cut off"), HALF_A_HEADER("cut off"), HEADER_ONLY("cut off"),
        HALF(""), LAST_PAGE_GONE(""), ODD_LENGTH(""),
        TEXT("not a database"), NOISE("not a database"), NOISE_BEHIND_THE_HEADER(""), NOISE_IN_ONE_PAGE(""),
        ZEROS("not a database"), DIRECTORY("is no regular file"), SYMBOLIC_LINK("is no regular file"),
        DANGLING_LINK("is no regular file"), LINKED_LOG("ledger.db-wal is no regular file"),
        ONLY_THE_LOG("it is gone"), OTHER_PROGRAM("another program"), NEWER_SCHEMA("version 2"),
        NO_TABLE("altered"), OTHER_TABLE("altered"), TRIGGER("altered");

        private final String said;

        Damage(String said) {
            this.said = said;
        }
    }

    private void damage(Damage damage) throws Exception {
        Path file = fixture.file;
        switch (damage) {
            case EMPTY -> fixture.cut(0);
            case ONE_BYTE -> fixture.cut(1);
            case HALF_A_HEADER -> fixture.cut(50);
            case HEADER_ONLY -> fixture.cut(100);
            case HALF -> fixture.cut(Files.size(file) / 2);
            case LAST_PAGE_GONE -> fixture.cut(Files.size(file) - PAGE);
            case ODD_LENGTH -> fixture.cut(3 * PAGE + 17);
            case TEXT -> Files.writeString(file, "The quick brown fox. ".repeat(1_000));
            case NOISE -> noise(0, Files.size(file));
            case NOISE_BEHIND_THE_HEADER -> noise(100, Files.size(file));
            case NOISE_IN_ONE_PAGE -> noise(20 * PAGE, 21 * PAGE);
            case ZEROS -> Files.write(file, new byte[40 * PAGE]);
            default -> replaceOrEdit(damage, file);
        }
    }

    private void replaceOrEdit(Damage damage, Path file) throws Exception {
        switch (damage) {
            case DIRECTORY -> {
                Files.delete(file);
                Files.createDirectories(file.resolve("with something in it"));
            }
            case SYMBOLIC_LINK -> Files.createSymbolicLink(file, Files.move(file, temporary.resolve("elsewhere.db")));
            case DANGLING_LINK -> {
                Files.delete(file);
                Files.createSymbolicLink(file, temporary.resolve("elsewhere.db"));
            }
            case LINKED_LOG -> Files.createSymbolicLink(temporary.resolve("ledger.db-wal"), temporary.resolve("log"));
            case ONLY_THE_LOG -> Files.move(file, temporary.resolve("ledger.db-wal"));
            case OTHER_PROGRAM -> fixture.edit("PRAGMA application_id = 1");
            case NEWER_SCHEMA -> fixture.edit("PRAGMA user_version = 2");
            case NO_TABLE -> fixture.edit("DROP TABLE blocks");
            case OTHER_TABLE -> fixture.edit("ALTER TABLE blocks ADD COLUMN more TEXT");
            default -> fixture.edit("CREATE TRIGGER t AFTER INSERT ON blocks BEGIN DELETE FROM blocks; END");
        }
    }

    private void noise(long from, long to) throws IOException {
        byte[] content = Files.readAllBytes(fixture.file);
        byte[] noise = new byte[(int) (to - from)];
        new Random(from).nextBytes(noise);
        System.arraycopy(noise, 0, content, (int) from, noise.length);
        Files.write(fixture.file, content);
    }

    @ParameterizedTest
    @EnumSource
    void open_damaged_isSetAsideAndBegunAnew(Damage damage) throws Exception {
        fixture.fill();
        damage(damage);
        try (SqliteLedger ledger = fixture.open()) {
            assertThat(ledger.active()).isEmpty();
            ledger.write(List.of(block("192.0.2.7")), List.of());
        }
        assertThat(fixture.said).singleElement().asString().contains(ASIDE, damage.said, "with 0 blocks")
                .doesNotContain("\n");
        assertThat(fixture.setAside()).isNotEmpty().allMatch(name -> name.startsWith(ASIDE));
        assertThat(temporary.resolve("log")).doesNotExist();
        try (SqliteLedger ledger = fixture.open()) {
            assertThat(ledger.active()).containsExactly(block("192.0.2.7"));
        }
        assertThat(fixture.said).hasSize(1);
    }

    @Test
    void open_symbolicLink_leavesWhatItPointsToAlone() throws Exception {
        fixture.fill();
        damage(Damage.SYMBOLIC_LINK);
        byte[] before = Files.readAllBytes(temporary.resolve("elsewhere.db"));
        fixture.open().close();
        assertThat(temporary.resolve("elsewhere.db")).hasBinaryContent(before);
        assertThat(Files.isRegularFile(fixture.file, LinkOption.NOFOLLOW_LINKS)).isTrue();
    }

    @Test
    void open_noiseInTheLogOrItsIndex_losesNothingThatWasCommittedBefore() throws Exception {
        fixture.fill();
        byte[] noise = new byte[100_000];
        new Random(7).nextBytes(noise);
        Files.write(temporary.resolve("ledger.db-wal"), noise);
        Files.write(temporary.resolve("ledger.db-shm"), noise);
        try (SqliteLedger ledger = fixture.open()) {
            assertThat(ledger.active()).hasSize(LedgerFixture.BLOCKS);
        }
        assertThat(fixture.said).isEmpty();
    }

    @Test
    void open_unfinishedNewLedger_isThrownAway() throws IOException {
        Files.writeString(temporary.resolve("ledger.db.new"), "half");
        Files.writeString(temporary.resolve("ledger.db.new-journal"), "half");
        fixture.open().close();
        assertThat(temporary.toFile().list()).containsExactly("ledger.db");
        assertThat(fixture.said).isEmpty();
    }

    @Test
    void open_unreadable_saysSoUnlessRootMayReadItAll() throws IOException {
        fixture.fill();
        Files.setPosixFilePermissions(fixture.file, PosixFilePermissions.fromString("---------"));
        if ("root".equals(System.getProperty("user.name"))) {
            fixture.open().close();
        } else {
            assertThatThrownBy(() -> fixture.open()).isInstanceOf(IOException.class).hasMessageContaining("rights");
        }
        assertThat(fixture.setAside()).isEmpty();
    }

    @Test
    void open_stateDirectoryIsAFile_saysSo() throws IOException {
        Path file = Files.writeString(temporary.resolve("file"), "");
        assertThatThrownBy(() -> new LedgerFixture(file).open()).isInstanceOf(IOException.class)
                .hasMessageContaining(file.toString());
    }

    @Test
    void open_damagedAgainAndAgain_keepsTheLatestThree() throws IOException {
        for (int number = 1; number <= 12; number++) {
            Files.writeString(fixture.file, "damage " + number + " ".repeat(PAGE));
            Files.writeString(temporary.resolve("ledger.db-wal"), "log " + number);
            fixture.open().close();
        }
        assertThat(fixture.setAside()).containsExactly(ASIDE + ".10", ASIDE + ".10-wal", ASIDE + ".11",
                ASIDE + ".11-wal", ASIDE + ".12", ASIDE + ".12-wal");
        assertThat(temporary.resolve(ASIDE + ".12")).content().startsWith("damage 12");
    }
}
