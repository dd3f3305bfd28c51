package org.edgesentry.core.host;

/**
 * The hosts that came once, in the order of their coming: the one that waits longest for a second packet is the first
 * that has to go when the table is full. The links are by row, but not in the rows: side by side they take an eighth of
 * the room, so that going from one host to the next seldom leaves the cache.
 *
 * <pre>
 *   a long for each row:  next newer row (32) | next older row (32)
 * </pre>
 *
 * <p>Thread: pipeline only.
 */
final class NewcomerOrder {

    private static final int CHUNK_BITS = 12;
    private static final int ROW_MASK = (1 << CHUNK_BITS) - 1;

    private final long[][] chunks;
    private int newest = HostRows.NONE;
    private int oldest = HostRows.NONE;

    NewcomerOrder(int hosts) {
        this.chunks = new long[(hosts + ROW_MASK) >>> CHUNK_BITS][];
    }

    void add(int row) {
        if (chunks[row >>> CHUNK_BITS] == null) {
            chunks[row >>> CHUNK_BITS] = new long[1 << CHUNK_BITS];
        }
        link(row, HostRows.NONE, newest);
        if (newest == HostRows.NONE) {
            oldest = row;
        } else {
            link(newest, row, older(newest));
        }
        newest = row;
    }

    void remove(int row) {
        int newer = newer(row);
        int older = older(row);
        if (newer == HostRows.NONE) {
            newest = older;
        } else {
            link(newer, newer(newer), older);
        }
        if (older == HostRows.NONE) {
            oldest = newer;
        } else {
            link(older, newer, older(older));
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
        return (int) (links(row) >>> Integer.SIZE);
    }

    /** The next that came before this one, or {@link HostRows#NONE}. */
    int older(int row) {
        return (int) links(row);
    }

    /** Both at once. */
    long links(int row) {
        return chunks[row >>> CHUNK_BITS][row & ROW_MASK];
    }

    private void link(int row, int newer, int older) {
        chunks[row >>> CHUNK_BITS][row & ROW_MASK] = (long) newer << Integer.SIZE | Integer.toUnsignedLong(older);
    }
}
