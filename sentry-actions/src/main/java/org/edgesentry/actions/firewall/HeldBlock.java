package org.edgesentry.actions.firewall;

import org.edgesentry.core.net.Cidr;

/**
 * A block that the kernel holds. Thread: immutable.
 *
 * @param target what is dropped
 * @param secondsLeft how long yet, rounded up; 0 without end, or where the kernel does not know
 */
public record HeldBlock(Cidr target, long secondsLeft) {
}
