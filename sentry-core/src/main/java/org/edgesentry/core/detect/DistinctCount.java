package org.edgesentry.core.detect;

import org.edgesentry.core.hash.SipHash;
import org.edgesentry.core.limits.Limits;
import org.edgesentry.core.net.AddressFamily;

/**
 * Counts distinct addresses: exactly up to {@link Limits#EXACT_DISTINCT}, beyond that by a {@link DistinctSketch} with
 * an error of 1 %. "Exactly" holds for 64-bit fingerprints: two addresses share one in a run once in 8 billion runs.
 *
 * <p>Thread: one only. Allocates while it grows, 1 MB in all; nothing once it estimates.
 */
public final class DistinctCount {

    private static final int SKETCH_PRECISION = 14;
    private static final int FIRST_SLOTS = 64;

    private final SipHash hash;
    private long[] fingerprints = new long[FIRST_SLOTS];
    private int exact;
    private DistinctSketch sketch;

    /** Counts nothing yet. */
    public DistinctCount(SipHash hash) {
        this.hash = hash;
    }

    /** Counts this address if it is new. */
    public void add(int family, long hi, long lo) {
        long fingerprint = hash.hash(hi, AddressFamily.commonLo(family, lo));
        if (sketch != null) {
            sketch.add(fingerprint);
        } else if (put(fingerprints, fingerprint)) {
            exact++;
            makeRoom();
        }
    }

    /** How many distinct addresses there were; an estimate above {@link Limits#EXACT_DISTINCT}. */
    public long count() {
        return sketch == null ? exact : sketch.estimate();
    }

    private void makeRoom() {
        if (exact > Limits.EXACT_DISTINCT) {
            sketch = new DistinctSketch(SKETCH_PRECISION);
            for (long fingerprint : fingerprints) {
                if (fingerprint != 0) {
                    sketch.add(fingerprint);
                }
            }
            fingerprints = null;
        } else if (exact * 2 > fingerprints.length) {
            long[] larger = new long[fingerprints.length * 2];
            for (long fingerprint : fingerprints) {
                if (fingerprint != 0) {
                    put(larger, fingerprint);
                }
            }
            fingerprints = larger;
        }
    }

    /** Linear probing; 0 stands for an empty slot, so an address that hashes to it counts with its neighbour. */
    private static boolean put(long[] slots, long fingerprint) {
        long wanted = fingerprint == 0 ? 1 : fingerprint;
        int slot = (int) wanted & slots.length - 1;
        while (slots[slot] != 0) {
            if (slots[slot] == wanted) {
                return false;
            }
            slot = slot + 1 & slots.length - 1;
        }
        slots[slot] = wanted;
        return true;
    }
}
