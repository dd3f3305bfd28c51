package org.edgesentry.core.ledger;

import org.edgesentry.core.net.Cidr;

/**
 * What led to a block. Thread: immutable.
 *
 * @param reason why
 * @param source the address whose probe led to it; where there was none the first address of its target
 * @param protocol IP protocol number of that probe; 0 where there was none
 * @param port port of that probe; 0 where there was none
 */
public record BlockOrigin(BlockReason reason, Cidr source, int protocol, int port) {

    /** Checks that the source is one address. */
    public BlockOrigin {
        if (!source.isSingleAddress()) {
            throw new IllegalArgumentException("not a single address: " + source);
        }
    }

    /** Of a block that no probe known here has led to: its source is the target's first address. */
    public static BlockOrigin withoutProbe(BlockReason reason, Cidr target) {
        return new BlockOrigin(reason, Cidr.ofAddress(target.family(), target.hi(), target.lo()), 0, 0);
    }
}
