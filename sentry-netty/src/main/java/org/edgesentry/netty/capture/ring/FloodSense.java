package org.edgesentry.netty.capture.ring;

import java.util.Arrays;
import java.util.concurrent.TimeUnit;

/**
 * Tells a flood from ordinary probes, by the time stamps that the kernel gives to packets: it is one while the last
 * {@value #PACKETS} packets came faster than {@value #FLOOD_PER_SECOND} a second. Waking up for each packet of a flood
 * costs many times what the packet itself does; a pause of four milliseconds lets them come by the hundred.
 *
 * <p>Thread: the capture thread only; allocates nothing.
 */
final class FloodSense {

    /** How long the reader rests in a flood, nanoseconds: no probe waits longer for that. */
    static final long REST_NANOS = TimeUnit.MILLISECONDS.toNanos(4);
    /** A power of two. */
    private static final int PACKETS = 64;
    /** The fastest scanners send some ten thousand packets a second, and are to be answered at once. */
    private static final int FLOOD_PER_SECOND = 40_000;
    private static final long FLOOD_SPAN_NANOS = TimeUnit.SECONDS.toNanos(1) / FLOOD_PER_SECOND * PACKETS;

    private final long[] stamps = new long[PACKETS];
    private int next;
    private long newest;

    FloodSense() {
        Arrays.fill(stamps, Long.MIN_VALUE / 2);
    }

    /** A packet with this time stamp, nanoseconds since the epoch. */
    void note(long epochNanos) {
        newest = epochNanos;
        stamps[next] = epochNanos;
        next = next + 1 & PACKETS - 1;
    }

    /** Whether the packets so far came as a flood. A clock that steps back makes none. */
    boolean isFlood() {
        long span = newest - stamps[next];
        return span >= 0 && span < FLOOD_SPAN_NANOS;
    }
}
