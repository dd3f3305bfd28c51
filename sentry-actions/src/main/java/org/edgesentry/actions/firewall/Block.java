package org.edgesentry.actions.firewall;

import org.edgesentry.core.net.Cidr;

/**
 * One source to be shut out.
 *
 * <p>Thread: immutable.
 *
 * @param target what is dropped; never everything
 * @param seconds how long; 0 without end
 * @param port the port that was probed, for KILL_ROUTE's {@code $PORT$}
 */
public record Block(Cidr target, long seconds, int port) {

    /** Refuses a block of all addresses: no probe can ask for that. */
    public Block {
        if (target.prefixLength() == 0) {
            throw new IllegalArgumentException("a block of every address: " + target);
        }
        if (seconds < 0) {
            throw new IllegalArgumentException("a block in the past: " + seconds);
        }
    }
}
