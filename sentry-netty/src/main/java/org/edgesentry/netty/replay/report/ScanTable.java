package org.edgesentry.netty.replay.report;

import java.util.List;
import org.edgesentry.core.detect.ScanReason;
import org.edgesentry.core.probe.ScanVerdict;
import org.edgesentry.netty.terminal.Columns;
import org.edgesentry.netty.terminal.Page;

/**
 * Rows in columns as wide as what stands in them, with the techniques and the reason below each. Where the columns do
 * not fit the page, each source has a paragraph instead.
 *
 * <p>Thread: the replay's.
 */
final class ScanTable {

    private static final int INDENT = 6;
    /** From this column on figures stand, which end where the column ends. */
    private static final int FIRST_FIGURE = 3;

    private final Page page;
    private final List<ScanVerdict> scans;
    private final List<ScanRow> rows;
    private final Columns columns = new Columns(ScanRow.HEADING.cells(), column -> column >= FIRST_FIGURE);

    ScanTable(Page page, List<ScanVerdict> scans) {
        this.page = page;
        this.scans = scans;
        this.rows = scans.stream().map(ScanRow::of).toList();
        rows.forEach(row -> columns.widen(row.cells()));
    }

    void print() {
        if (fits()) {
            page.line(page.bold(columns.line(ScanRow.HEADING.cells())));
        }
        for (int i = 0; i < rows.size(); i++) {
            printHead(rows.get(i));
            page.paragraph(INDENT, String.join(", ", ScanWords.types(scans.get(i))));
            page.paragraph(INDENT, ScanReason.of(scans.get(i)));
        }
    }

    private boolean fits() {
        return columns.width() <= page.width();
    }

    private void printHead(ScanRow row) {
        if (fits()) {
            String text = columns.line(row.cells());
            int end = Columns.MARGIN + row.source().length();
            page.line(" ".repeat(Columns.MARGIN) + page.alarm(row.source()) + text.substring(end));
        } else {
            page.line(" ".repeat(Columns.MARGIN) + page.alarm(row.source()));
            page.paragraph(INDENT, row.kinds() + ", first seen " + row.first() + " UTC, lasted " + row.lasted()
                    + "; ports: " + row.ports() + ", hosts: " + row.hosts() + ", packets: " + row.packets()
                    + ", odds: " + row.odds());
        }
    }
}
