package org.edgesentry.core.host;

import org.edgesentry.core.hash.SipHash;

/**
 * The hash buckets over {@link HostRows}: from an address to its row. A link, from a bucket to a row or from a row to
 * the next of its bucket, says enough about the row that a source who is new, as all in a flood are, is seen to be so
 * without a look at rows, which are no longer in any cache.
 *
 * <pre>
 *   bits 0-20   row + 1, up to the million of {@link org.edgesentry.core.limits.Limits#HOSTS}; 0 for no row
 *   bit  21     there is, or was, a further row behind this one
 *   bits 22-31  of the hash of the row's address
 * </pre>
 *
 * <p>Thread: pipeline only.
 */
final class HostIndex {

    private static final int MORE = 1 << 21;
    private static final int ROW_MASK = MORE - 1;
    private static final int TAG_SHIFT = 22;

    private final HostRows rows;
    private final SipHash hash;
    private final int[] first;

    /** As many buckets as the table holds hosts, rounded up to a power of two. */
    HostIndex(HostRows rows, int capacity, SipHash hash) {
        this.rows = rows;
        this.hash = hash;
        this.first = new int[Integer.highestOneBit(Math.max(capacity * 2 - 1, 1))];
    }

    int find(long hi, long lo) {
        long hashed = hash.hash(hi, lo);
        int link = first[bucket(hashed)];
        while (link != 0) {
            if ((link ^ tag(hashed)) >>> TAG_SHIFT == 0 && holds(row(link), hi, lo)) {
                return row(link);
            }
            link = (link & MORE) == 0 ? 0 : next(row(link));
        }
        return HostRows.NONE;
    }

    void add(int row) {
        long hashed = hashOf(row);
        int behind = first[bucket(hashed)];
        rows.setHigh(row, HostRows.CHAIN_AND_HITS, behind);
        first[bucket(hashed)] = tag(hashed) | (behind == 0 ? 0 : MORE) | row + 1;
    }

    void remove(int row) {
        int bucket = bucket(hashOf(row));
        if (row(first[bucket]) == row) {
            first[bucket] = next(row);
            return;
        }
        int before = row(first[bucket]);
        while (row(next(before)) != row) {
            before = row(next(before));
        }
        rows.setHigh(before, HostRows.CHAIN_AND_HITS, next(row));
    }

    private int next(int row) {
        return rows.high(row, HostRows.CHAIN_AND_HITS);
    }

    private boolean holds(int row, long hi, long lo) {
        return rows.get(row, HostRows.ADDRESS_LO) == lo && rows.get(row, HostRows.ADDRESS_HI) == hi;
    }

    private long hashOf(int row) {
        return hash.hash(rows.get(row, HostRows.ADDRESS_HI), rows.get(row, HostRows.ADDRESS_LO));
    }

    private int bucket(long hashed) {
        return (int) hashed & first.length - 1;
    }

    private static int tag(long hashed) {
        return (int) (hashed >>> Integer.SIZE) & -1 << TAG_SHIFT;
    }

    private static int row(int link) {
        return (link & ROW_MASK) - 1;
    }
}
