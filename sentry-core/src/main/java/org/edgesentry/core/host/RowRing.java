package org.edgesentry.core.host;

/**
 * Gives out the rows of {@link HostRows}, round and round: so the rows of hosts that came once stand in the order of
 * their coming, without a link from one to the next. A hand stands before the row that was given out longest ago. When
 * the table is full, it takes that row from whoever came once; hosts with a slot, and rows that became free meanwhile,
 * are but two bitmaps of 128 kB.
 *
 * <p>While there is room, nobody has to go: the hand skips the living, and more rows come into use when less than a
 * quarter of those at hand is free. So a quiet machine never touches most of them, and the order is then that of coming
 * but for those that were skipped.
 *
 * <p>Thread: pipeline only; allocates nothing once made.
 */
final class RowRing {

    /** No row. */
    static final int NONE = HostRows.NONE;

    private static final int WORD_BITS = 6;
    /** Free rows that are worth the hand's way to them, of all. */
    private static final int FREE_WHILE_GROWING = 4;
    private static final int FREE_WHEN_FULL = 16;

    private final int capacity;
    private final long[] taken;
    private final long[] seated;
    private int used;
    private int hand;
    private int size;

    RowRing(int capacity) {
        this.capacity = capacity;
        this.taken = new long[(capacity >>> WORD_BITS) + 1];
        this.seated = new long[taken.length];
    }

    /**
     * The row for the next host. It may be taken: then by a host that came once, and has to go.
     *
     * @return {@link #NONE} when all rows are of hosts with slots
     */
    int advance() {
        if (used < capacity && used - size <= used / FREE_WHILE_GROWING) {
            hand = ++used;
            return used - 1;
        }
        int row = next(hand);
        if (row != NONE) {
            hand = row + 1;
        }
        return row;
    }

    /** Whether hosts that came once have to go for others. */
    boolean isFull() {
        return used == capacity && used - size <= capacity / FREE_WHEN_FULL;
    }

    /** The row that the hand would come to from there, likewise. */
    int next(int from) {
        int row = lowestClear(isFull() ? seated : taken, from);
        return row != NONE ? row : lowestClear(isFull() ? seated : taken, 0);
    }

    int hand() {
        return hand;
    }

    /** A host moves in. */
    void take(int row) {
        taken[row >>> WORD_BITS] |= 1L << row;
        size++;
    }

    boolean isTaken(int row) {
        return (taken[row >>> WORD_BITS] & 1L << row) != 0;
    }

    /** Its host has a slot: from now on the hand passes by. */
    void seat(int row) {
        seated[row >>> WORD_BITS] |= 1L << row;
    }

    /** Its host is gone. */
    void release(int row) {
        taken[row >>> WORD_BITS] &= ~(1L << row);
        seated[row >>> WORD_BITS] &= ~(1L << row);
        size--;
    }

    /** How many rows are taken. */
    int size() {
        return size;
    }

    /** The first row from there on, up to the last, of a host that came once. */
    int newcomerFrom(int from) {
        for (int word = from >>> WORD_BITS, skipped = from; word << WORD_BITS < used; skipped = ++word << WORD_BITS) {
            long newcomers = newcomers(word) & -1L << skipped;
            if (newcomers != 0) {
                return (word << WORD_BITS) + Long.numberOfTrailingZeros(newcomers);
            }
        }
        return NONE;
    }

    /** Of the hosts that came once the one that came last. */
    int newest() {
        int row = newcomerBelow(hand);
        return row != NONE ? row : newcomerBelow(used);
    }

    /** Of these the one that came before that of this row. */
    int older(int row) {
        int older = newcomerBelow(row);
        if (row < hand && older == NONE) {
            older = newcomerBelow(used);
            return older >= hand ? older : NONE;
        }
        return row < hand || older >= hand ? older : NONE;
    }

    private int newcomerBelow(int row) {
        for (int word = row - 1 >> WORD_BITS, last = row - 1; word >= 0; last = (word-- << WORD_BITS) - 1) {
            long newcomers = newcomers(word) & -1L >>> ~last;
            if (newcomers != 0) {
                return (word << WORD_BITS) + Long.SIZE - 1 - Long.numberOfLeadingZeros(newcomers);
            }
        }
        return NONE;
    }

    private long newcomers(int word) {
        return taken[word] & ~seated[word];
    }

    private int lowestClear(long[] bits, int from) {
        int row = from;
        while (row < used) {
            long clear = ~bits[row >>> WORD_BITS] >>> row;
            if (clear != 0) {
                row += Long.numberOfTrailingZeros(clear);
                return row < used ? row : NONE;
            }
            row = (row >>> WORD_BITS) + 1 << WORD_BITS;
        }
        return NONE;
    }
}
