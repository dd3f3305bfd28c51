package org.edgesentry.core.detect;

/**
 * How many contacts of a source came to which end, in one long. A full count stays full.
 *
 * <pre>
 *   bits 40-63  failed
 *   bits 20-39  served
 *   bits 0-19   left: answered, and not made use of
 * </pre>
 *
 * <p>Thread: any; keeps nothing.
 */
final class OutcomeCounts {

    private static final int FAILED_SHIFT = 40;
    private static final int SERVED_SHIFT = 20;
    private static final int LEFT_SHIFT = 0;
    private static final long FAILED_MASK = 0xFF_FFFF;
    private static final long MASK = 0xF_FFFF;

    private OutcomeCounts() {
    }

    static long plusOne(long counts, Outcome outcome) {
        return switch (outcome) {
            case FAILED -> failed(counts) == FAILED_MASK ? counts : counts + (1L << FAILED_SHIFT);
            case SERVED -> served(counts) == MASK ? counts : counts + (1L << SERVED_SHIFT);
            case NEUTRAL -> left(counts) == MASK ? counts : counts + (1L << LEFT_SHIFT);
            case PENDING -> counts;
        };
    }

    /** One that had failed was made good. */
    static long minusOneFailed(long counts) {
        return failed(counts) == 0 ? counts : counts - (1L << FAILED_SHIFT);
    }

    static int failed(long counts) {
        return (int) (counts >>> FAILED_SHIFT);
    }

    static int served(long counts) {
        return (int) (counts >>> SERVED_SHIFT & MASK);
    }

    static int left(long counts) {
        return (int) (counts & MASK);
    }
}
