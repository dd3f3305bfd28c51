package org.edgesentry.core.classify;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.edgesentry.core.limits.Limits;

/**
 * TCP ports that this host has used lately. When a service stops, its clients do not know yet: what they still send
 * bears ACK and finds no socket, like an ACK or a Maimon scan.
 *
 * <p>By port alone, whatever the address: it hides an ACK scan of the port on another address for some minutes, and no
 * SYN, in exchange for a memory of fixed size that nobody can overflow.
 *
 * <p>Thread: any; allocates nothing.
 */
public final class UsedPorts {

    /** Second of the epoch at which a port was seen in use; 0 never. */
    private final AtomicIntegerArray lastUsed = new AtomicIntegerArray(65_536);

    /** The port is in use now. */
    public void mark(int port, long epochNanos) {
        lastUsed.setOpaque(port, seconds(epochNanos));
    }

    /** Whether the port was in use within the last {@link Limits#USED_PORT_SECONDS}. */
    public boolean contains(int port, long epochNanos) {
        int last = lastUsed.getOpaque(port);
        return last != 0 && seconds(epochNanos) - last <= Limits.USED_PORT_SECONDS;
    }

    private static int seconds(long epochNanos) {
        return (int) TimeUnit.NANOSECONDS.toSeconds(epochNanos);
    }
}
