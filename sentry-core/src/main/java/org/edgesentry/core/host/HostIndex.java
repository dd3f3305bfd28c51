package org.edgesentry.core.host;

import java.util.Arrays;
import org.edgesentry.core.hash.SipHash;

/** The hash buckets over {@link HostRows}: from an address to its row. Thread: pipeline only. */
final class HostIndex {

    private final HostRows rows;
    private final SipHash hash;
    private final int[] firstRow;

    /** As many buckets as the table holds hosts, rounded up to a power of two. */
    HostIndex(HostRows rows, int capacity, SipHash hash) {
        this.rows = rows;
        this.hash = hash;
        this.firstRow = new int[Integer.highestOneBit(Math.max(capacity * 2 - 1, 1))];
        Arrays.fill(firstRow, HostRows.NONE);
    }

    int find(long hi, long lo) {
        int row = firstRow[bucket(hi, lo)];
        while (row != HostRows.NONE && !holds(row, hi, lo)) {
            row = rows.high(row, HostRows.CHAIN_AND_HITS);
        }
        return row;
    }

    void add(int row) {
        int bucket = bucketOf(row);
        rows.setHigh(row, HostRows.CHAIN_AND_HITS, firstRow[bucket]);
        firstRow[bucket] = row;
    }

    void remove(int row) {
        int bucket = bucketOf(row);
        int after = rows.high(row, HostRows.CHAIN_AND_HITS);
        if (firstRow[bucket] == row) {
            firstRow[bucket] = after;
            return;
        }
        int before = firstRow[bucket];
        while (rows.high(before, HostRows.CHAIN_AND_HITS) != row) {
            before = rows.high(before, HostRows.CHAIN_AND_HITS);
        }
        rows.setHigh(before, HostRows.CHAIN_AND_HITS, after);
    }

    private boolean holds(int row, long hi, long lo) {
        return rows.get(row, HostRows.ADDRESS_LO) == lo && rows.get(row, HostRows.ADDRESS_HI) == hi;
    }

    private int bucketOf(int row) {
        return bucket(rows.get(row, HostRows.ADDRESS_HI), rows.get(row, HostRows.ADDRESS_LO));
    }

    private int bucket(long hi, long lo) {
        return (int) hash.hash(hi, lo) & firstRow.length - 1;
    }
}
