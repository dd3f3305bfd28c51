package org.edgesentry.netty.control.client;

import java.util.List;
import org.edgesentry.netty.terminal.FittedTable.Column;

/** How the objects of a list become rows of a table. Thread: immutable. */
interface RowForm {

    /** The field of the answer that holds the list. */
    String name();

    /** The columns. */
    List<Column> columns();

    /** The cells of one object. */
    List<String> cells(Row row);

    /** What is said below the table, or instead of one. */
    String summary(long rows);
}
