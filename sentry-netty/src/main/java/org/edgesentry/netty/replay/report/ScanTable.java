package org.edgesentry.netty.replay.report;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.edgesentry.core.detect.ScanReason;
import org.edgesentry.core.probe.ScanVerdict;

/**
 * Rows in columns as wide as what stands in them, with the techniques and the reason below each. Where the columns do
 * not fit the page, each source has a paragraph instead.
 *
 * <p>Thread: the replay's.
 */
final class ScanTable {

    private static final int MARGIN = 2;
    private static final int INDENT = 6;
    /** From this column on figures stand, which end where the column ends. */
    private static final int FIRST_FIGURE = 3;

    private final Page page;
    private final List<ScanVerdict> scans;
    private final List<ScanRow> rows;
    private final int[] widths;

    ScanTable(Page page, List<ScanVerdict> scans) {
        this.page = page;
        this.scans = scans;
        this.rows = scans.stream().map(ScanRow::of).toList();
        this.widths = widths(rows);
    }

    private static int[] widths(List<ScanRow> rows) {
        return IntStream.range(0, ScanRow.HEADING.cells().size())
                .map(column -> Stream.concat(Stream.of(ScanRow.HEADING), rows.stream())
                        .mapToInt(row -> row.cells().get(column).length()).max().orElse(0))
                .toArray();
    }

    void print() {
        if (fits()) {
            page.line(page.bold(row(ScanRow.HEADING)));
        }
        for (int i = 0; i < rows.size(); i++) {
            printHead(rows.get(i));
            page.paragraph(INDENT, String.join(", ", ScanWords.types(scans.get(i))));
            page.paragraph(INDENT, ScanReason.of(scans.get(i)));
        }
    }

    private boolean fits() {
        return IntStream.of(widths).sum() + MARGIN * widths.length <= page.width();
    }

    private void printHead(ScanRow row) {
        if (fits()) {
            String text = row(row);
            int end = MARGIN + row.source().length();
            page.line(" ".repeat(MARGIN) + page.alarm(row.source()) + text.substring(end));
        } else {
            page.line(" ".repeat(MARGIN) + page.alarm(row.source()));
            page.paragraph(INDENT, row.kinds() + ", first seen " + row.first() + " UTC, lasted " + row.lasted()
                    + "; ports: " + row.ports() + ", hosts: " + row.hosts() + ", packets: " + row.packets()
                    + ", odds: " + row.odds());
        }
    }

    private String row(ScanRow row) {
        StringBuilder line = new StringBuilder();
        List<String> cells = row.cells();
        for (int column = 0; column < cells.size(); column++) {
            String gap = " ".repeat(widths[column] - cells.get(column).length());
            line.append(" ".repeat(MARGIN));
            line.append(column < FIRST_FIGURE ? cells.get(column) + gap : gap + cells.get(column));
        }
        return line.toString().stripTrailing();
    }
}
