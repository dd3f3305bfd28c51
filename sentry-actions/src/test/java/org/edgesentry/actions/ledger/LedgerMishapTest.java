package org.edgesentry.actions.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.edgesentry.actions.ledger.LedgerFixture.block;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.edgesentry.core.ledger.ActiveBlock;
import org.edgesentry.core.net.CidrParser;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Somebody lays hands on the file while the ledger has it open. */
class LedgerMishapTest {

    @TempDir
    private Path temporary;
    private LedgerFixture fixture;

    @BeforeEach
    void prepare() {
        fixture = new LedgerFixture(temporary.resolve("state"));
    }

    /** What happens to the file while the ledger has it open. */
    enum Mishap {
        DELETED("ledger.db was deleted"), LOG_DELETED("ledger.db-wal was deleted"), REPLACED("replaced by another"),
        CUT(""), TABLE_DROPPED(""), ALL_DELETED("deleted");

        private final String said;

        Mishap(String said) {
            this.said = said;
        }
    }

    private void happen(Mishap mishap) throws IOException, SQLException {
        switch (mishap) {
            case DELETED -> Files.delete(fixture.file);
            case LOG_DELETED -> Files.delete(fixture.directory.resolve("ledger.db-wal"));
            case REPLACED -> Files.move(Files.copy(fixture.file, fixture.directory.resolve("copy")), fixture.file,
                    StandardCopyOption.REPLACE_EXISTING);
            case CUT -> fixture.cut(LedgerSchema.PAGE_BYTES);
            case TABLE_DROPPED -> fixture.edit("DROP TABLE blocks");
            default -> deleteAll(fixture.directory);
        }
    }

    private static void deleteAll(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path path : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void write_mishapWhileOpen_isNoticedAndStartsOverWithAllThatIsInForce(Mishap mishap) throws Exception {
        fixture.fill();
        try (SqliteLedger ledger = fixture.open()) {
            List<ActiveBlock> all = new ArrayList<>(ledger.active());
            happen(mishap);
            ActiveBlock next = block("192.0.2.7");
            for (int call = 0; call < 2; call++) {
                assertThatThrownBy(() -> ledger.write(List.of(next), List.of()))
                        .isInstanceOf(LedgerDamagedException.class).hasMessageContaining(mishap.said);
            }
            all.add(next);
            ledger.startOver(all);
            ledger.write(List.of(block("192.0.2.8")), List.of());
            assertThat(ledger.timesBlocked(CidrParser.parse("192.0.2.7"))).isEqualTo(1);
            assertThat(ledger.active()).hasSize(LedgerFixture.BLOCKS + 2).containsAll(all);
        }
        assertThat(fixture.said).singleElement().asString()
                .contains(mishap.said, "with " + (LedgerFixture.BLOCKS + 1) + " blocks");
        assertThat(fixture.open().active()).hasSize(LedgerFixture.BLOCKS + 2);
    }

    @Test
    void write_fileTidiedUpMeanwhile_goesOn() throws Exception {
        fixture.fill();
        try (SqliteLedger ledger = fixture.open()) {
            fixture.edit("DELETE FROM blocks WHERE target != '198.18.0.1'", "VACUUM",
                    "PRAGMA wal_checkpoint(TRUNCATE)");
            ledger.write(List.of(block("192.0.2.7")), List.of());
            assertThat(ledger.active()).hasSize(2);
        }
        assertThat(fixture.said).isEmpty();
    }

    @Test
    void startOver_noDamage_beginsAnewAllTheSame() throws IOException {
        try (SqliteLedger ledger = fixture.open()) {
            ledger.write(List.of(block("192.0.2.7")), List.of());
            ledger.startOver(List.of(block("192.0.2.8")));
            assertThat(ledger.active()).containsExactly(block("192.0.2.8"));
        }
        assertThat(fixture.directory.toFile().list()).contains("ledger.db.damaged-20261126T142000Z", "ledger.db");
    }
}
