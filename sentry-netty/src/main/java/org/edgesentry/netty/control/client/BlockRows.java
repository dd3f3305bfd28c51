package org.edgesentry.netty.control.client;

import java.util.List;
import java.util.Locale;
import org.edgesentry.netty.terminal.FittedTable.Column;

/** Blocks as rows of a table. Thread: immutable. */
final class BlockRows implements RowForm {

    private static final List<Column> COLUMNS = List.of(
            new Column("TARGET", false, 0, false),
            new Column("REASON", false, 2, false),
            new Column("SINCE", false, 3, false),
            new Column("LEFT", false, 1, false),
            new Column("TIMES", true, 4, false),
            new Column("PORTS", false, 5, true));

    private final TimeWords words;

    BlockRows(TimeWords words) {
        this.words = words;
    }

    @Override
    public String name() {
        return "blocks";
    }

    @Override
    public List<Column> columns() {
        return COLUMNS;
    }

    @Override
    public List<String> cells(Row block) {
        String reason = block.text("reason") + (block.flag("in_firewall") ? "" : ", not in the firewall");
        return List.of(block.text("target"), reason, words.ago(block.time("since")),
                words.left(block.whole("remaining_seconds")),
                String.format(Locale.ROOT, "%,d", block.whole("times").orElse(0)), block.list("ports"));
    }

    @Override
    public String summary(long rows) {
        return rows == 0 ? "Nothing is blocked."
                : String.format(Locale.ROOT, rows == 1 ? "%,d block." : "%,d blocks.", rows);
    }
}
