package org.edgesentry.core.host;

import java.util.Arrays;

/**
 * Who has to go when the table is full: a list of hosts per level of evidence, the longest silent at its end.
 *
 * <p>The lowest level goes first, so a flood of forged sources, one packet each, only ever pushes out its like. To make
 * the table forget a host that probed sixteen ports, an attacker needs as many other hosts with sixteen ports as the
 * table holds. A host moves to the front of its list at most once a second: that is exact enough to choose a victim,
 * and spares a busy host two cache misses per probe.
 *
 * <p>Thread: pipeline only.
 */
final class EvictionOrder {

    /** Times that differ above this bit lie in different spans of 1.07 s. */
    private static final int SPAN_BITS = 30;

    private final HostRows rows;
    private final int[] newest = new int[HostState.LEVELS];
    private final int[] oldest = new int[HostState.LEVELS];

    EvictionOrder(HostRows rows) {
        this.rows = rows;
        Arrays.fill(newest, HostRows.NONE);
        Arrays.fill(oldest, HostRows.NONE);
    }

    void add(int row, int level) {
        int second = newest[level];
        rows.setHigh(row, HostRows.ORDER, HostRows.NONE);
        rows.setLow(row, HostRows.ORDER, second);
        if (second == HostRows.NONE) {
            oldest[level] = row;
        } else {
            rows.setHigh(second, HostRows.ORDER, row);
        }
        newest[level] = row;
    }

    void remove(int row, int level) {
        int newer = rows.high(row, HostRows.ORDER);
        int older = rows.low(row, HostRows.ORDER);
        if (newer == HostRows.NONE) {
            newest[level] = older;
        } else {
            rows.setLow(newer, HostRows.ORDER, older);
        }
        if (older == HostRows.NONE) {
            oldest[level] = newer;
        } else {
            rows.setHigh(older, HostRows.ORDER, newer);
        }
    }

    /** Brings a host to the front, on its first probe in a span of time. */
    void touch(int row, int level, long lastNanos, long nowNanos) {
        if (lastNanos >>> SPAN_BITS != nowNanos >>> SPAN_BITS && newest[level] != row) {
            remove(row, level);
            add(row, level);
        }
    }

    /** The host that goes first among those of this level and above, or {@link HostRows#NONE}. */
    int victim(int fromLevel) {
        for (int level = fromLevel; level < HostState.LEVELS; level++) {
            if (oldest[level] != HostRows.NONE) {
                return oldest[level];
            }
        }
        return HostRows.NONE;
    }

    /** The last seen host of one level, give or take a second, or {@link HostRows#NONE}. */
    int newest(int level) {
        return newest[level];
    }

    /** The next older host of the same level, or {@link HostRows#NONE}. */
    int older(int row) {
        return rows.low(row, HostRows.ORDER);
    }

    /** The longest silent host of one level, or {@link HostRows#NONE}. */
    int oldest(int level) {
        return oldest[level];
    }
}
