package org.edgesentry.core.host;

/**
 * The hosts that came once, in the order of their coming, linked through their rows: the one that waits longest for a
 * second packet is the first that has to go when the table is full.
 *
 * <p>Thread: pipeline only.
 */
final class NewcomerOrder {

    private final HostRows rows;
    private int newest = HostRows.NONE;
    private int oldest = HostRows.NONE;

    NewcomerOrder(HostRows rows) {
        this.rows = rows;
    }

    void add(int row) {
        rows.setHigh(row, HostRows.ORDER, HostRows.NONE);
        rows.setLow(row, HostRows.ORDER, newest);
        if (newest == HostRows.NONE) {
            oldest = row;
        } else {
            rows.setHigh(newest, HostRows.ORDER, row);
        }
        newest = row;
    }

    void remove(int row) {
        int newer = newer(row);
        int older = older(row);
        if (newer == HostRows.NONE) {
            newest = older;
        } else {
            rows.setLow(newer, HostRows.ORDER, older);
        }
        if (older == HostRows.NONE) {
            oldest = newer;
        } else {
            rows.setHigh(older, HostRows.ORDER, newer);
        }
    }

    /** The host that came last, or {@link HostRows#NONE}. */
    int newest() {
        return newest;
    }

    /** The host that came first, or {@link HostRows#NONE}. */
    int oldest() {
        return oldest;
    }

    /** The next that came after this one, or {@link HostRows#NONE}. */
    int newer(int row) {
        return rows.high(row, HostRows.ORDER);
    }

    /** The next that came before this one, or {@link HostRows#NONE}. */
    int older(int row) {
        return rows.low(row, HostRows.ORDER);
    }
}
