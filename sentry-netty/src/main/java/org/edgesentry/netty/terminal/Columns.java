package org.edgesentry.netty.terminal;

import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/** Columns as wide as the widest of what stands in them: words from the left, figures to the right. Thread: one. */
public final class Columns {

    /** Blanks before each column. */
    public static final int MARGIN = 2;

    private final IntPredicate isFigure;
    private final int[] widths;

    /**
     * Columns that hold their headings.
     *
     * @param isFigure in which columns figures stand, which end where the column ends
     */
    public Columns(List<String> heading, IntPredicate isFigure) {
        this.isFigure = isFigure;
        this.widths = heading.stream().mapToInt(Columns::length).toArray();
    }

    /** Makes room for a row. */
    public void widen(List<String> cells) {
        for (int column = 0; column < widths.length; column++) {
            widths[column] = Math.max(widths[column], length(cells.get(column)));
        }
    }

    /** How wide all of them are. */
    public int width() {
        return IntStream.of(widths).sum() + MARGIN * widths.length;
    }

    /** Sets the width of one of them. */
    void limit(int column, int width) {
        widths[column] = width;
    }

    /** A row; a cell that is too long moves those behind it. */
    public String line(List<String> cells) {
        StringBuilder line = new StringBuilder();
        for (int column = 0; column < widths.length; column++) {
            String cell = cells.get(column);
            String gap = " ".repeat(Math.max(0, widths[column] - length(cell)));
            line.append(" ".repeat(MARGIN)).append(isFigure.test(column) ? gap + cell : cell + gap);
        }
        return line.toString().stripTrailing();
    }

    /** Columns that a text takes. */
    static int length(String cell) {
        return cell.codePointCount(0, cell.length());
    }
}
