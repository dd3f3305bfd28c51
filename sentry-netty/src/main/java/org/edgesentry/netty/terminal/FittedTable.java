package org.edgesentry.netty.terminal;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * A table of any length that fits the page: columns are as wide as what stands in them; where that is too much, the
 * elastic column is cut, then columns are left out. Widths are taken from some thousand rows at a time, so that memory
 * does not grow with the table.
 *
 * <p>Thread: one.
 */
public final class FittedTable {

    /** Rows in memory at once. */
    private static final int WINDOW_ROWS = 5_000;
    /** Narrower than this the elastic column tells nothing. */
    private static final int LEAST_ELASTIC = 8;

    /**
     * A column.
     *
     * @param title its heading
     * @param figure whether figures stand in it, which end where the column ends
     * @param rank of the columns that do not fit, those of the highest rank are left out first; 0 never
     * @param elastic whether it may be cut; one column at most
     */
    public record Column(String title, boolean figure, int rank, boolean elastic) {
    }

    private final Page page;
    private final List<Column> columns;
    private final int[] widths;
    private final List<List<String>> window = new ArrayList<>();
    private Optional<List<Integer>> shown = Optional.empty();

    /** An empty table. */
    public FittedTable(Page page, List<Column> columns) {
        this.page = page;
        this.columns = List.copyOf(columns);
        this.widths = columns.stream().mapToInt(column -> column.title().length()).toArray();
    }

    /** Adds a row, a cell for each column. */
    public void row(List<String> cells) {
        for (int column = 0; column < widths.length; column++) {
            widths[column] = Math.max(widths[column], Columns.length(cells.get(column)));
        }
        window.add(cells);
        if (window.size() == WINDOW_ROWS) {
            print();
        }
    }

    /** Prints what is not printed yet. */
    public void finish() {
        if (!window.isEmpty()) {
            print();
        }
    }

    private void print() {
        boolean first = shown.isEmpty();
        List<Integer> visible = shown.orElseGet(this::choose);
        shown = Optional.of(visible);
        Columns fitted = new Columns(visible.stream().map(c -> columns.get(c).title()).toList(),
                place -> columns.get(visible.get(place)).figure());
        int[] room = visible.stream().mapToInt(column -> room(column, visible)).toArray();
        IntStream.range(0, room.length).forEach(place -> fitted.limit(place, room[place]));
        if (first) {
            page.line(page.bold(fitted.line(visible.stream().map(c -> columns.get(c).title()).toList())));
        }
        for (List<String> row : window) {
            page.line(fitted.line(IntStream.range(0, room.length)
                    .mapToObj(place -> cut(row.get(visible.get(place)), room[place])).toList()));
        }
        window.clear();
    }

    /** The columns that fit, the elastic one at its narrowest. */
    private List<Integer> choose() {
        List<Integer> visible = new ArrayList<>(IntStream.range(0, widths.length).boxed().toList());
        List<Integer> droppable = visible.stream().filter(column -> columns.get(column).rank() > 0)
                .sorted(Comparator.comparing(column -> -columns.get(column).rank())).toList();
        for (Integer column : droppable) {
            if (width(visible) <= page.width()) {
                break;
            }
            visible.remove(column);
        }
        return List.copyOf(visible);
    }

    private int width(List<Integer> visible) {
        return visible.stream().mapToInt(column -> Columns.MARGIN + least(column)).sum();
    }

    private int least(int column) {
        return columns.get(column).elastic() ? Math.min(LEAST_ELASTIC, widths[column]) : widths[column];
    }

    private int room(int column, List<Integer> visible) {
        int spare = Math.max(0, page.width() - width(visible));
        return columns.get(column).elastic() ? Math.min(widths[column], least(column) + spare) : widths[column];
    }

    private static String cut(String cell, int width) {
        return Columns.length(cell) <= width ? cell
                : cell.substring(0, cell.offsetByCodePoints(0, width - 1)) + "\u2026";
    }
}
