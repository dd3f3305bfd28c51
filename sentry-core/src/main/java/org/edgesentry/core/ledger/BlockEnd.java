package org.edgesentry.core.ledger;

import org.edgesentry.core.net.Cidr;

/**
 * The end of a block, for the ledger. Thread: immutable.
 *
 * @param target what was blocked
 * @param epochNanos when it ended
 * @param how why it ended
 */
public record BlockEnd(Cidr target, long epochNanos, How how) {

    /** Why a block ended. The names are written to the ledger: they do not change. */
    public enum How {
        /** Its time was over. */
        EXPIRED,
        /** The administrator lifted it. */
        UNBLOCKED,
        /** Its host came onto the ignore list, or this host depends on it by now. */
        SPARED,
        /** It gave way to another, BLOCK_MAX being reached. */
        GAVE_WAY
    }
}
