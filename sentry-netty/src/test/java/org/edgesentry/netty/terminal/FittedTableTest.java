package org.edgesentry.netty.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.edgesentry.netty.terminal.FittedTable.Column;
import org.junit.jupiter.api.Test;

class FittedTableTest {

    private static final List<Column> COLUMNS = List.of(new Column("NAME", false, 0, false),
            new Column("COUNT", true, 1, false), new Column("WORDS", false, 2, true));

    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

    private FittedTable table(int width) {
        return new FittedTable(new Page(new PrintStream(printed, true, StandardCharsets.UTF_8), width, false), COLUMNS);
    }

    private List<String> lines() {
        return printed.toString(StandardCharsets.UTF_8).lines().toList();
    }

    @Test
    void row_tooWide_isCutInItsElasticColumn() {
        FittedTable table = table(40);
        table.row(List.of("first", "7", "words that go on and on and on"));
        table.row(List.of("second", "1,000", "few"));
        table.finish();
        assertThat(lines()).containsExactly("  NAME    COUNT  WORDS", "  first       7  words that go on and o\u2026",
                "  second  1,000  few");
    }

    @Test
    void table_noRoomForAllColumns_leavesOutTheHighestRankFirst() {
        FittedTable table = table(40);
        table.row(List.of("a name of more than thirty letters", "7", "words"));
        table.finish();
        assertThat(lines()).containsExactly("  NAME", "  a name of more than thirty letters");
    }

    @Test
    void table_longerThanAWindow_hasOneHeadingAndWidensAsItGoes() {
        FittedTable table = table(80);
        for (int i = 0; i < 12_000; i++) {
            table.row(List.of(i < 11_000 ? "short" : "rather longer", String.valueOf(i), "words"));
        }
        table.finish();
        assertThat(lines()).hasSize(12_001).filteredOn(line -> line.contains("NAME")).hasSize(1);
        assertThat(lines().get(1)).isEqualTo("  short      0  words");
        assertThat(lines()).last().isEqualTo("  rather longer  11999  words");
    }

    @Test
    void table_withoutRows_printsNothing() {
        table(80).finish();
        assertThat(lines()).isEmpty();
    }
}
