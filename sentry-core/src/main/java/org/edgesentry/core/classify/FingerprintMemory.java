package org.edgesentry.core.classify;

/**
 * Remembers for a while that something was seen, by its 64-bit fingerprint from a keyed hash: so that two things share
 * one neither by chance nor by somebody's choice.
 *
 * <p>A table of a fixed size, two neighbouring slots a bucket. Where both are taken, the older entry gives way.
 *
 * <p>Thread: one only; allocates nothing.
 */
final class FingerprintMemory {

    private final long[] fingerprints;
    private final long[] putNanos;
    private final long lifetimeNanos;

    /**
     * An empty memory.
     *
     * @param slots a power of two
     * @param lifetimeNanos how long an entry holds
     */
    FingerprintMemory(int slots, long lifetimeNanos) {
        this.fingerprints = new long[slots];
        this.putNanos = new long[slots];
        this.lifetimeNanos = lifetimeNanos;
    }

    /** Remembers it from now on, anew if it was there. */
    void put(long fingerprint, long epochNanos) {
        int slot = slotToFill(fingerprint);
        fingerprints[slot] = fingerprint;
        putNanos[slot] = epochNanos;
    }

    /** Whether it was put within the lifetime; an entry of the future, before a clock was set back, counts as new. */
    boolean holds(long fingerprint, long epochNanos) {
        int first = firstSlot(fingerprint);
        return isFresh(first, fingerprint, epochNanos) || isFresh(first + 1, fingerprint, epochNanos);
    }

    private boolean isFresh(int slot, long fingerprint, long epochNanos) {
        return fingerprints[slot] == fingerprint && putNanos[slot] != 0
                && epochNanos - putNanos[slot] <= lifetimeNanos;
    }

    private int slotToFill(long fingerprint) {
        int first = firstSlot(fingerprint);
        int second = first + 1;
        if (fingerprints[first] == fingerprint) {
            return first;
        }
        return fingerprints[second] == fingerprint || putNanos[second] < putNanos[first] ? second : first;
    }

    private int firstSlot(long fingerprint) {
        return (int) fingerprint & fingerprints.length - 2;
    }
}
