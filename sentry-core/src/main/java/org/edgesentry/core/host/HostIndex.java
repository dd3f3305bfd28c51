package org.edgesentry.core.host;

/**
 * The hash buckets over {@link HostRows}: from an address to its row. A bucket is eight ints side by side, half a cache
 * line: seven links to rows, and how many rows belong here and had to go on to a later bucket, since this one was full
 * when they came. A link says enough about its row that a source who is new, as all in a flood are, is seen to be so
 * without a look at rows, which are no longer in any cache.
 *
 * <pre>
 *   bits 0-20   row + 1, up to the million of {@link org.edgesentry.core.limits.Limits#HOSTS}; 0 for no row
 *   bits 21-31  of the hash of the row's address
 * </pre>
 *
 * <p>The count of those that went on is that of F14 (Bronson and Shi, "Open-sourcing F14 for faster, more
 * memory-efficient hash tables", 2019): it lets a search end early, and a row go without a mark in its place.
 *
 * <p>Buckets become twice as many when there are too few, so that a quiet machine does not pay for a million hosts. The
 * last time takes ten milliseconds, in which packets wait in their ring.
 *
 * <p>Thread: pipeline only.
 */
final class HostIndex {

    private static final int WAYS = 8;
    private static final int LINKS = WAYS - 1;
    private static final int ROWS_PER_BUCKET = 4;
    private static final int FIRST_BUCKETS = 1_024;
    private static final int ROW_MASK = (1 << 21) - 1;
    private static final int TAG_MASK = ~ROW_MASK;

    private final HostRows rows;
    private final RowRing ring;
    private final int mostBuckets;
    private int[] links;
    private int lastBucket;

    /** Room for that many hosts in the end, four to a bucket on average when all are there. */
    HostIndex(HostRows rows, RowRing ring, int capacity) {
        this.rows = rows;
        this.ring = ring;
        this.mostBuckets = Integer.highestOneBit(Math.max((capacity - 1) / ROWS_PER_BUCKET * 2 + 1, 1));
        clear(Math.min(FIRST_BUCKETS, mostBuckets));
    }

    private void clear(int buckets) {
        links = new int[buckets * WAYS];
        lastBucket = buckets - 1;
    }

    /** Makes room for another row beside those that are taken, which are all in here. */
    void makeRoom() {
        if (ring.size() >= (lastBucket + 1) * ROWS_PER_BUCKET && lastBucket + 1 < mostBuckets) {
            clear((lastBucket + 1) * 2);
            for (int row = 0; row < ring.used(); row++) {
                if (ring.isTaken(row)) {
                    add(row);
                }
            }
        }
    }

    /** The row of an address with this hash, or {@link HostRows#NONE}. */
    int find(long hash, long hi, long lo) {
        int tag = (int) hash & TAG_MASK;
        int bucket = home((int) hash);
        for (int tried = 0; tried <= lastBucket; tried++) {
            int end = bucket * WAYS + LINKS;
            for (int i = end - LINKS; i < end; i++) {
                int link = links[i];
                if ((link & TAG_MASK) == tag && link != 0 && holds(row(link), hi, lo)) {
                    return row(link);
                }
            }
            if (links[end] == 0) {
                return HostRows.NONE;
            }
            bucket = bucket + 1 & lastBucket;
        }
        return HostRows.NONE;
    }

    /** A look at the bucket of this hash, for the cache's sake. */
    int look(int hash) {
        return links[home(hash) * WAYS];
    }

    /** Most likely the row of the address with this hash, in most cases {@link HostRows#NONE} if there is none. */
    int guess(long hash) {
        int first = home((int) hash) * WAYS;
        int found = 0;
        for (int i = first; i < first + LINKS; i++) {
            found |= ((links[i] ^ (int) hash) & TAG_MASK) == 0 ? links[i] & ROW_MASK : 0;
        }
        return Math.min(found, ring.used()) - 1;
    }

    /** Takes in a row that holds its address and {@link HostRows#hash}. */
    void add(int row) {
        int hash = rows.hash(row);
        int bucket = home(hash);
        while (true) {
            int first = bucket * WAYS;
            for (int i = first; i < first + LINKS; i++) {
                if (links[i] == 0) {
                    links[i] = hash & TAG_MASK | row + 1;
                    return;
                }
            }
            links[first + LINKS]++;
            bucket = bucket + 1 & lastBucket;
        }
    }

    /** Lets a row go that is in here. */
    void remove(int row) {
        int hash = rows.hash(row);
        int link = hash & TAG_MASK | row + 1;
        int bucket = home(hash);
        while (true) {
            int first = bucket * WAYS;
            for (int i = first; i < first + LINKS; i++) {
                if (links[i] == link) {
                    links[i] = 0;
                    return;
                }
            }
            links[first + LINKS]--;
            bucket = bucket + 1 & lastBucket;
        }
    }

    private boolean holds(int row, long hi, long lo) {
        return rows.get(row, HostRows.ADDRESS_LO) == lo && rows.get(row, HostRows.ADDRESS_HI) == hi;
    }

    private int home(int hash) {
        return hash & lastBucket;
    }

    private static int row(int link) {
        return (link & ROW_MASK) - 1;
    }
}
