package org.edgesentry.netty.replay;

/**
 * Distinct 64-bit fingerprints from a keyed hash, in one array: open addressing with linear probing, which doubles
 * while there is room.
 *
 * <p>Thread: one.
 */
final class FingerprintSet {

    private static final int FIRST_SLOTS = 1_024;
    private static final long EMPTY = 0;
    /** Stands for the fingerprint that would look like an empty slot. */
    private static final long ZERO = Long.MIN_VALUE;

    private final int most;
    private long[] slots = new long[FIRST_SLOTS];
    private int size;

    /** An empty set for so many fingerprints. */
    FingerprintSet(int most) {
        this.most = most;
    }

    /** Puts it in; false when it was there, or is not and finds no room. */
    boolean add(long given) {
        long fingerprint = given == EMPTY ? ZERO : given;
        int slot = find(fingerprint);
        if (slots[slot] == fingerprint || size == most) {
            return false;
        }
        slots[slot] = fingerprint;
        size++;
        if (size > slots.length / 2) {
            grow();
        }
        return true;
    }

    boolean contains(long given) {
        return slots[find(given == EMPTY ? ZERO : given)] != EMPTY;
    }

    boolean isFull() {
        return size == most;
    }

    int size() {
        return size;
    }

    /** A set of the same size with those only whose bits under the mask are zero. */
    FingerprintSet without(long mask) {
        FingerprintSet rest = new FingerprintSet(most);
        for (long fingerprint : slots) {
            if (fingerprint != EMPTY && (fingerprint & mask) == 0) {
                rest.add(fingerprint);
            }
        }
        return rest;
    }

    /** The upper bits choose the slot: {@link DistinctSources} keeps those whose lower bits are alike. */
    private int find(long fingerprint) {
        int slot = (int) (fingerprint >>> 32) & slots.length - 1;
        while (slots[slot] != EMPTY && slots[slot] != fingerprint) {
            slot = slot + 1 & slots.length - 1;
        }
        return slot;
    }

    private void grow() {
        long[] before = slots;
        slots = new long[before.length * 2];
        for (long fingerprint : before) {
            if (fingerprint != EMPTY) {
                slots[find(fingerprint)] = fingerprint;
            }
        }
    }
}
