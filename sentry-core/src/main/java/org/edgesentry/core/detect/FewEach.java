package org.edgesentry.core.detect;

import java.util.Arrays;

/**
 * Lets each source, or each thing asked for, count a few times and no more: one counter a place, without chains. Things
 * that share a place have to share its few times, so this errs towards counting less.
 *
 * <p>Thread: pipeline only; allocates nothing once made.
 */
final class FewEach {

    private static final int PLACES = 512;

    private final byte[] times = new byte[PLACES];
    private final int few;

    FewEach(int few) {
        this.few = few;
    }

    /** Whether this one may count another time. */
    boolean allows(long fingerprint) {
        return times[place(fingerprint)] < few;
    }

    /** Takes down that it did. */
    void count(long fingerprint) {
        times[place(fingerprint)]++;
    }

    void clear() {
        Arrays.fill(times, (byte) 0);
    }

    private static int place(long fingerprint) {
        return (int) fingerprint & PLACES - 1;
    }
}
