package org.edgesentry.actions.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.edgesentry.actions.ledger.LedgerFixture.HOUR;
import static org.edgesentry.actions.ledger.LedgerFixture.NOW;
import static org.edgesentry.actions.ledger.LedgerFixture.block;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.edgesentry.actions.ActionLimits;
import org.edgesentry.core.ledger.ActiveBlock;
import org.edgesentry.core.ledger.BlockEnd;
import org.edgesentry.core.net.Cidr;
import org.edgesentry.core.net.CidrParser;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteLedgerTest {

    private static final Cidr HOST = CidrParser.parse("192.0.2.7");

    @TempDir
    private Path temporary;
    private LedgerFixture fixture;
    private SqliteLedger ledger;

    @BeforeEach
    void open() throws IOException {
        fixture = new LedgerFixture(temporary.resolve("new/state ?directory#"));
        ledger = fixture.open();
    }

    @AfterEach
    void close() {
        ledger.close();
        assertThat(fixture.said).isEmpty();
    }

    private void reopen() throws IOException {
        ledger.close();
        ledger = fixture.open();
    }

    private static BlockEnd end(Cidr target, long epochNanos) {
        return new BlockEnd(target, epochNanos, BlockEnd.How.EXPIRED);
    }

    @Test
    void open_nothingThere_makesDirectoryAndFileForItsGroupOnly() throws IOException {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(fixture.directory)))
                .isEqualTo("rwxr-x---");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(fixture.file))).isEqualTo("rw-r-----");
        ledger.write(List.of(block("192.0.2.7")), List.of());
        assertThat(PosixFilePermissions.toString(
                Files.getPosixFilePermissions(fixture.directory.resolve("ledger.db-wal")))).isEqualTo("rw-r-----");
        ledger.close();
        assertThat(fixture.directory).isDirectoryContaining(fixture.file::equals);
        assertThat(fixture.directory.toFile().list()).containsExactly("ledger.db");
    }

    @Test
    void write_anyBlocks_areReadExactlyAndInOrderOfTheirEnd() throws IOException {
        Random random = new Random(20_261_126);
        Map<Cidr, ActiveBlock> written = new HashMap<>();
        for (int call = 0; call < 5; call++) {
            List<ActiveBlock> blocks = new ArrayList<>();
            for (int i = 0; i < 700; i++) {
                ActiveBlock block = LedgerFixture.randomBlock(random);
                blocks.add(block);
                written.put(block.target(), block);
            }
            ledger.write(blocks, List.of());
        }
        reopen();
        assertThat(ledger.active()).containsExactlyElementsOf(written.values().stream().sorted().toList());
    }

    @Test
    void write_endlessBlock_hasNoEndInTheFile() throws Exception {
        ledger.write(List.of(block("2001:db8::/64", Long.MAX_VALUE, 1)), List.of());
        assertThat(value("SELECT until IS NULL FROM blocks")).isEqualTo("1");
        assertThat(value("SELECT since || ', ' || until || ', ' || ports FROM readable"))
                .isEqualTo("2026-11-26 14:20:00, without end, TCP/23");
        assertThat(ledger.active().get(0).isEndless()).isTrue();
    }

    @Test
    void write_end_isRememberedButNotActive() throws Exception {
        ledger.write(List.of(block("192.0.2.7", NOW + HOUR, 3)), List.of());
        ledger.write(List.of(), List.of(new BlockEnd(HOST, NOW + 5, BlockEnd.How.UNBLOCKED)));
        ledger.write(List.of(), List.of(end(HOST, NOW + 6)));
        reopen();
        assertThat(ledger.active()).isEmpty();
        assertThat(ledger.timesBlocked(HOST)).isEqualTo(3);
        assertThat(value("SELECT (ended - since) || ' ' || ended_how FROM blocks")).isEqualTo("5 UNBLOCKED");
    }

    @Test
    void write_blockAfterItsEnd_isActiveWithItsNewValues() throws IOException {
        ledger.write(List.of(block("192.0.2.7")), List.of());
        ledger.write(List.of(), List.of(end(HOST, NOW + 1)));
        ActiveBlock again = block("192.0.2.7", NOW + 9 * HOUR, 2);
        ledger.write(List.of(again), List.of());
        assertThat(ledger.active()).containsExactly(again);
        assertThat(ledger.timesBlocked(HOST)).isEqualTo(2);
    }

    @Test
    void write_targetInBothLists_hasEndedFirst() throws IOException {
        ledger.write(List.of(block("192.0.2.7")), List.of());
        ActiveBlock again = block("192.0.2.7", NOW + 2 * HOUR, 2);
        ledger.write(List.of(again), List.of(end(HOST, NOW + 1)));
        assertThat(ledger.active()).containsExactly(again);
    }

    @Test
    void write_endOfUnknownTarget_isPassedOver() throws IOException {
        ActiveBlock other = block("192.0.2.8");
        ledger.write(List.of(other), List.of(end(HOST, NOW)));
        assertThat(ledger.active()).containsExactly(other);
        assertThat(ledger.timesBlocked(HOST)).isZero();
    }

    @Test
    void timesBlocked_networkAndAddressOfIt_areDifferentTargets() throws IOException {
        ledger.write(List.of(block("2001:db8::/64", NOW + HOUR, 4)), List.of());
        assertThat(ledger.timesBlocked(CidrParser.parse("2001:db8::/64"))).isEqualTo(4);
        assertThat(ledger.timesBlocked(CidrParser.parse("2001:db8::"))).isZero();
    }

    @Test
    void shift_clockWasSet_movesWhatIsInForceAndLeavesTheRest() throws Exception {
        ledger.write(List.of(block("192.0.2.7"), block("192.0.2.8"), block("192.0.2.9", Long.MAX_VALUE, 1)), List.of());
        ledger.write(List.of(), List.of(end(HOST, NOW + 1)));
        ledger.shift(-HOUR);
        ledger.shift(-3);
        List<ActiveBlock> active = ledger.active();
        assertThat(active).extracting(ActiveBlock::sinceEpochNanos).containsOnly(NOW - HOUR - 3);
        assertThat(active).extracting(ActiveBlock::untilEpochNanos).containsExactly(NOW - 3, Long.MAX_VALUE);
        assertThat(value("SELECT since || ' ' || ended FROM blocks WHERE target = '192.0.2.7'"))
                .isEqualTo(NOW + " " + (NOW + 1));
    }

    @Test
    void shift_beyondTheEndOfTime_staysReadable() throws IOException {
        ledger.write(List.of(block("192.0.2.7", Long.MAX_VALUE - 5, 1)), List.of());
        ledger.shift(Long.MAX_VALUE);
        ledger.shift(Long.MIN_VALUE);
        ledger.shift(Long.MIN_VALUE);
        assertThat(ledger.active()).hasSize(1);
    }

    @Test
    void forgetBefore_ended_goesWhenItIsOlder() throws IOException {
        ledger.write(List.of(block("192.0.2.7", NOW - HOUR, 1), block("192.0.2.8"), block("192.0.2.9")), List.of());
        ledger.write(List.of(), List.of(end(CidrParser.parse("192.0.2.8"), NOW - 1),
                end(CidrParser.parse("192.0.2.9"), NOW)));
        ledger.forgetBefore(NOW);
        assertThat(ledger.timesBlocked(HOST)).as("in force").isEqualTo(1);
        assertThat(ledger.timesBlocked(CidrParser.parse("192.0.2.8"))).as("older").isZero();
        assertThat(ledger.timesBlocked(CidrParser.parse("192.0.2.9"))).as("of that moment").isEqualTo(1);
    }

    @Test
    void forgetBefore_manyOld_goInSlicesOldestFirst() throws Exception {
        int slice = ActionLimits.LEDGER_FORGOTTEN_ROWS;
        fillWithEnded(3 * slice);
        ledger.forgetBefore(Long.MAX_VALUE);
        assertThat(value("SELECT count(*) || ' ' || min(ended) FROM blocks"))
                .isEqualTo(2 * slice + " " + (slice + 1));
    }

    @Test
    void forgetBefore_moreThanTheBound_losesTheOldest() throws Exception {
        int bound = ActionLimits.LEDGER_ENDED_ROWS;
        fillWithEnded(bound + 10);
        ledger.write(List.of(block("192.0.2.7")), List.of());
        ledger.forgetBefore(0);
        assertThat(value("SELECT count(ended) || ' ' || min(ended) || ' ' || count(*) FROM blocks"))
                .isEqualTo(bound + " 11 " + (bound + 1));
    }

    @Test
    void write_whileAnotherConnectionReads_isDone() throws Exception {
        ledger.write(List.of(block("192.0.2.7")), List.of());
        try (Connection reader = fixture.connect(); Statement statement = reader.createStatement()) {
            statement.execute("BEGIN");
            assertThat(count(statement)).isEqualTo(1);
            ledger.write(List.of(block("192.0.2.8")), List.of());
            assertThat(count(statement)).as("what it began with").isEqualTo(1);
        }
        assertThat(ledger.active()).hasSize(2);
    }

    @Test
    void write_whileAnotherConnectionWrites_failsAndIsPossibleAfterwards() throws Exception {
        try (Connection writer = fixture.connect(); Statement statement = writer.createStatement()) {
            statement.execute("BEGIN IMMEDIATE");
            assertThatThrownBy(() -> ledger.write(List.of(block("192.0.2.8")), List.of()))
                    .isExactlyInstanceOf(IOException.class).hasMessageContaining("locked by another program");
        }
        assertThat(ledger.active()).isEmpty();
        ledger.write(List.of(block("192.0.2.8")), List.of());
        assertThat(ledger.active()).hasSize(1);
    }

    @Test
    void close_twice_isNoHarm() {
        ledger.close();
        ledger.close();
        assertThatThrownBy(() -> ledger.active()).isInstanceOf(IOException.class).hasMessageContaining("closed");
    }

    private static int count(Statement statement) throws SQLException {
        try (ResultSet row = statement.executeQuery("SELECT count(*) FROM blocks")) {
            return row.getInt(1);
        }
    }

    private String value(String sql) throws SQLException {
        try (Connection connection = fixture.connect()) {
            return LedgerSchema.text(connection, sql);
        }
    }

    /** Rows that ended at 1, 2, and so on. */
    private void fillWithEnded(int rows) throws SQLException {
        fixture.edit("WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < " + rows + ")"
                + " INSERT INTO blocks SELECT printf('x%09d', i), 'PROBE', '', 6, 23, 0, 0, 1, '', 1, i, 'EXPIRED'"
                + " FROM n");
    }
}
