package org.edgesentry.core.ledger;

import org.edgesentry.core.net.Cidr;

/**
 * What led to a block. Thread: immutable.
 *
 * @param reason why
 * @param source the address whose probe led to it; of a block by hand the first address of its target
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
}
