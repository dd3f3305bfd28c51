package org.edgesentry.core.host;

import java.util.BitSet;

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

    /** Free rows that are worth the hand's way to them, of all. */
    private static final int FREE_WHILE_GROWING = 4;
    private static final int FREE_WHEN_FULL = 16;

    private final int capacity;
    private final BitSet taken;
    private final BitSet seated;
    private int used;
    private int hand;
    private int size;

    RowRing(int capacity) {
        this.capacity = capacity;
        this.taken = new BitSet(capacity);
        this.seated = new BitSet(capacity);
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
        BitSet passedBy = isFull() ? seated : taken;
        int row = passedBy.nextClearBit(from);
        if (row >= used) {
            row = passedBy.nextClearBit(0);
        }
        return row < used ? row : NONE;
    }

    int hand() {
        return hand;
    }

    /** Rows from 0 to below this have been in use. */
    int used() {
        return used;
    }

    /** A host moves in. */
    void take(int row) {
        taken.set(row);
        size++;
    }

    boolean isTaken(int row) {
        return taken.get(row);
    }

    /** Its host has a slot: from now on the hand passes by. */
    void seat(int row) {
        seated.set(row);
    }

    /** Its host is gone. */
    void release(int row) {
        taken.clear(row);
        seated.clear(row);
        size--;
    }

    /** How many rows are taken. */
    int size() {
        return size;
    }

    /** The first row from there on, up to the last, of a host that came once. */
    int newcomerFrom(int from) {
        int row = taken.nextSetBit(from);
        while (row != NONE && seated.get(row)) {
            row = taken.nextSetBit(row + 1);
        }
        return row;
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

    private int newcomerBelow(int from) {
        int row = taken.previousSetBit(from - 1);
        while (row != NONE && seated.get(row)) {
            row = taken.previousSetBit(row - 1);
        }
        return row;
    }
}
