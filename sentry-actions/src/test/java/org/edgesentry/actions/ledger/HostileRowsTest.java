package org.edgesentry.actions.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.edgesentry.actions.ledger.LedgerFixture.block;

import java.nio.file.Path;
import java.util.List;
import org.edgesentry.core.ledger.ActiveBlock;
import org.edgesentry.core.net.CidrParser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Somebody has edited the file. */
class HostileRowsTest {

    private static final ActiveBlock GOOD = block("192.0.2.7");

    @TempDir
    private Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"target = '0.0.0.0/0'", "target = '::/0'", "target = 'everybody'", "target = ''",
        "target = '192.0.2.08'", "target = '192.0.2.9/24'", "target = '2001:DB8::1'", "target = '::ffff:192.0.2.8'",
        "target = '192.0.2.8/32'", "target = x'3139322e302e322e38'", "target = '192.0.2.8' || char(0) || 'x'",
        "target = printf('%.*c', 1000000, '1')", "reason = 'WHIM'", "reason = ''", "reason = 7",
        "source = '192.0.2.0/24'", "source = 'x'", "source = x'00ff'", "protocol = -1", "protocol = 256",
        "protocol = 'TCP'", "protocol = 6.5", "port = 65536", "port = -1", "port = 'ssh'", "since = 'yesterday'",
        "since = 1e300", "until = ''", "until = 0.5", "until = x'00'", "times = 0", "times = -1",
        "times = 2147483648", "times = 'often'", "ports = 'TCP'", "ports = 'TCP/-1'", "ports = 'TCP/65536'",
        "ports = 'TCP/99999999999'", "ports = 'IP-6/1'", "ports = 'TCP/022'", "ports = ' TCP/22'",
        "ports = 'TCP/22  TCP/23'", "ports = 'TCP/' || char(10)", "ports = 6",
        "ports = rtrim(printf('%.*c', 33, 'x')) || 'TCP/1'",
        "ports = replace(printf('%.*c', 32, 'x'), 'x', 'TCP/1 ') || 'TCP/1'",
        "ports = zeroblob(30000000)", "ports = printf('%.*c', 30000000, 'x')", "in_firewall = 2",
        "in_firewall = 'yes'"})
    void active_rowThatWasNotWrittenSo_isPassedOverAndCounted(String edit) throws Exception {
        LedgerFixture fixture = new LedgerFixture(directory);
        try (SqliteLedger ledger = fixture.open()) {
            ledger.write(List.of(GOOD, block("192.0.2.8")), List.of());
        }
        fixture.edit("UPDATE blocks SET " + edit + " WHERE target = '192.0.2.8'");
        try (SqliteLedger ledger = fixture.open()) {
            assertThat(ledger.active()).containsExactly(GOOD);
            assertThat(fixture.said).singleElement().asString().startsWith("1 blocks in the ledger")
                    .contains("passed over");
            assertThat(ledger.timesBlocked(CidrParser.parse("192.0.2.8"))).isNotNegative();
            ledger.shift(Long.MAX_VALUE);
            ledger.forgetBefore(LedgerFixture.NOW);
        }
    }

    @Test
    void timesBlocked_valuesOutOfRange_areBounded() throws Exception {
        LedgerFixture fixture = new LedgerFixture(directory);
        try (SqliteLedger ledger = fixture.open()) {
            ledger.write(List.of(GOOD), List.of());
            for (String times : List.of("-5", "'many'", "1e99", "x'01'")) {
                fixture.edit("UPDATE blocks SET times = " + times);
                assertThat(ledger.timesBlocked(GOOD.target())).as(times).isZero();
            }
            fixture.edit("UPDATE blocks SET times = 9223372036854775807");
            assertThat(ledger.timesBlocked(GOOD.target())).isEqualTo(Integer.MAX_VALUE);
        }
    }

    @Test
    void write_targetOfAnUnreadableRow_makesItGoodAgain() throws Exception {
        LedgerFixture fixture = new LedgerFixture(directory);
        try (SqliteLedger ledger = fixture.open()) {
            ledger.write(List.of(GOOD), List.of());
            fixture.edit("UPDATE blocks SET reason = 'WHIM', until = 'x', ports = x'00'");
            ledger.write(List.of(GOOD), List.of());
            assertThat(ledger.active()).containsExactly(GOOD);
        }
        assertThat(fixture.said).isEmpty();
    }
}
