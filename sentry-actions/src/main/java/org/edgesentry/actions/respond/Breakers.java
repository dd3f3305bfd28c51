package org.edgesentry.actions.respond;

import org.apache.logging.log4j.Logger;
import org.edgesentry.actions.ActionCounters;
import org.edgesentry.core.ledger.ActiveBlocks;
import org.edgesentry.core.action.ActionRequest;

/**
 * Both breakers in one place: BLOCK_RATE, which the pipeline keeps and tells of with each tick, and BLOCK_MAX, which is
 * kept here. Thread: action worker only.
 */
final class Breakers {

    private final ActiveBlocks blocks;
    private final ActionCounters counters;
    private final Breaker rate;
    private final Breaker max;

    Breakers(ActiveBlocks blocks, ActionCounters counters, Logger log) {
        this.blocks = blocks;
        this.counters = counters;
        this.rate = new Breaker("BLOCK_RATE", "more hosts are to be blocked than it allows in a second, as in a flood "
                + "of forged sources. A host beyond that is blocked with one of its next probes. If these hosts are "
                + "real, raise BLOCK_RATE", "put off", log);
        this.max = new Breaker("BLOCK_MAX (" + blocks.max() + " blocks)", "further hosts are not blocked until blocks "
                + "have ended. Raise BLOCK_MAX, or shorten BLOCK_TIME", "refused", log);
    }

    /** With each tick. */
    void look(ActionRequest tick) {
        rate.look(tick.blocksPutOff, true, tick.epochNanos);
        max.look(counters.blocksRefused(), blocks.room() > 0, tick.epochNanos);
    }
}
