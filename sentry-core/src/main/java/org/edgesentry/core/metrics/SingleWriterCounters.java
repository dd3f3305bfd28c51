package org.edgesentry.core.metrics;

import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Counters of one thread that counts with every packet, read by anybody at any time. They share no cache line with
 * anything else: an unused line lies on either side, and one more for processors that fetch lines in pairs. So a thread
 * on another core that writes what happens to lie beside them, wherever a collection has moved that, costs nothing.
 *
 * <p>Thread: {@link #increment} one; {@link #get} any. The writer pays for no locked instruction.
 */
public final class SingleWriterCounters {

    /** 128 bytes: two cache lines of x86_64, one or two of aarch64. */
    private static final int UNUSED = 16;

    private final AtomicLongArray counts;

    /** So many counters at zero. */
    public SingleWriterCounters(int counters) {
        counts = new AtomicLongArray(UNUSED + counters + UNUSED);
    }

    /** Counts one. One thread writes, so a plain read and an ordered write are enough. */
    public void increment(int counter) {
        int at = UNUSED + counter;
        counts.lazySet(at, counts.getPlain(at) + 1);
    }

    /** The count. */
    public long get(int counter) {
        return counts.get(UNUSED + counter);
    }
}
