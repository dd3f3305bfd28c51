package org.edgesentry.actions.firewall;

import org.edgesentry.actions.command.Macros;
import org.edgesentry.core.net.Cidr;

/**
 * One source to be shut out.
 *
 * <p>Thread: immutable.
 *
 * @param target what is dropped; never everything
 * @param seconds how long; 0 without end
 * @param macros the probe that led to it, for KILL_ROUTE
 * @param renews whether the kernel may hold it already, with another time
 */
public record Block(Cidr target, long seconds, Macros macros, boolean renews) {

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
