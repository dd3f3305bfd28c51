package org.edgesentry.actions.respond;

import org.edgesentry.core.ledger.ActiveBlock;

/** Hears of each new block. Thread: action worker only. */
interface BlockNews {

    /** A host was blocked; in a dry run it only would have been. */
    void blocked(ActiveBlock block, boolean dryRun);
}
