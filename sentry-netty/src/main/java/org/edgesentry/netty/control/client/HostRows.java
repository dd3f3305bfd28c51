package org.edgesentry.netty.control.client;

import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import org.edgesentry.core.text.OddsText;
import org.edgesentry.netty.terminal.FittedTable.Column;

/** Hosts as rows of a table. Thread: immutable. */
final class HostRows implements RowForm {

    private static final List<Column> COLUMNS = List.of(
            new Column("HOST", false, 0, false),
            new Column("LAST SEEN", false, 2, false),
            new Column("FIRST SEEN", false, 5, false),
            new Column("HITS", true, 4, false),
            new Column("PORTS", false, 6, true),
            new Column("ODDS", true, 3, false),
            new Column("STATE", false, 1, false));

    private final TimeWords words;
    private final int limit;

    HostRows(TimeWords words, int limit) {
        this.words = words;
        this.limit = limit;
    }

    @Override
    public String name() {
        return "hosts";
    }

    @Override
    public List<Column> columns() {
        return COLUMNS;
    }

    @Override
    public List<String> cells(Row host) {
        return List.of(host.text("host"), words.ago(host.time("last_seen")), words.ago(host.time("first_seen")),
                String.format(Locale.ROOT, "%,d", host.whole("hits").orElse(0)), host.list("ports"),
                OddsText.of(host.number("odds")), state(host) + (host.flag("proven") ? ", proven" : ""));
    }

    private String state(Row host) {
        return switch (host.text("block")) {
            case "blocked" -> {
                OptionalLong left = host.whole("remaining_seconds");
                yield left.isEmpty() ? "blocked for good" : "blocked, " + words.left(left) + " left";
            }
            case "pending" -> "block asked for";
            default -> host.flag("judged") ? "scans" : "watched";
        };
    }

    @Override
    public String summary(long rows) {
        if (rows == 0) {
            return "Nobody is remembered.";
        }
        String count = String.format(Locale.ROOT, rows == 1 ? "%,d host" : "%,d hosts", rows);
        return rows < limit ? count + "." : count + "; there may be more, see --limit.";
    }
}
