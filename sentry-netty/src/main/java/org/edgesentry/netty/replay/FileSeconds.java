package org.edgesentry.netty.replay;

/**
 * The seconds of a capture's clock. A jump ahead is one step, however long; a step back is none, and time goes on from
 * there: files come in any order, and clocks are set.
 *
 * <p>Thread: the replay's.
 */
final class FileSeconds {

    private static final long SECOND_NANOS = 1_000_000_000;

    private long second = -1;

    /** Whether this is a later second than that of the packet before; false for the first. */
    boolean passes(long epochNanos) {
        long now = epochNanos / SECOND_NANOS;
        boolean passed = second >= 0 && now > second;
        second = now;
        return passed;
    }
}
