package org.edgesentry.core.detect;

import java.util.Arrays;
import org.edgesentry.core.limits.Limits;

/**
 * The cheap first stage of {@link MirrorIndex}: tells for each key whether some few different sources came, and asked
 * for some few different things. Only such a key is worth a {@link ScanTracker}. A flood at one port of one host,
 * however many sources it forges, stays one thing and never gets past here.
 *
 * <p>Two bitmaps of 32 bits a key, one bit set by each source and each thing (linear counting, Whang et al. 1990), in a
 * table without chains: keys that share a place only pass sooner. All bits are cleared twice a window; and at once when
 * a quarter of the places would pass, as they do in a flood at everything: then those that come fastest pass first
 * again.
 *
 * <p>Thread: pipeline only; allocates nothing once made.
 */
final class FirstLook {

    /** Bits that must be set in either bitmap. */
    static final int ENOUGH = 4;

    private static final int MASK = Limits.FIRST_LOOK_PLACES - 1;
    private static final int BITMAP_BITS = 5;

    private final long[] bitmaps = new long[Limits.FIRST_LOOK_PLACES];
    private final long clearEveryNanos;
    private long clearedNanos;
    private int passing;

    FirstLook(long windowNanos) {
        this.clearEveryNanos = windowNanos / 2;
    }

    /** Takes down one contact; whether its key is worth more. */
    boolean passes(long key, long source, long thing, long epochNanos) {
        if (Math.abs(epochNanos - clearedNanos) > clearEveryNanos || passing > Limits.FIRST_LOOK_PLACES / 4) {
            clear(epochNanos);
        }
        int place = (int) key & MASK;
        long before = bitmaps[place];
        if (isEnough(before)) {
            return true;
        }
        long after = before | bit(source) | bit(thing) << Integer.SIZE;
        bitmaps[place] = after;
        if (isEnough(after)) {
            passing++;
            return true;
        }
        return false;
    }

    private void clear(long epochNanos) {
        Arrays.fill(bitmaps, 0);
        passing = 0;
        clearedNanos = epochNanos;
    }

    private static boolean isEnough(long bitmaps) {
        int sources = (int) bitmaps;
        int things = (int) (bitmaps >>> Integer.SIZE);
        return Integer.bitCount(sources) >= ENOUGH && Integer.bitCount(things) >= ENOUGH;
    }

    private static long bit(long hash) {
        return 1L << (hash >>> Long.SIZE - BITMAP_BITS);
    }
}
