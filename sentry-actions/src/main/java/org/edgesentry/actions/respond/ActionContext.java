package org.edgesentry.actions.respond;

import org.edgesentry.actions.ActionCounters;
import org.edgesentry.actions.Complaints;
import org.edgesentry.core.ledger.ActiveBlocks;
import org.edgesentry.actions.firewall.Firewall;
import org.edgesentry.core.action.BlockOutcomes;

/**
 * What all parts of the responder work on. Thread: action worker only.
 *
 * @param firewall open
 * @param blocks what is blocked now
 * @param outcomes where the pipeline hears what became of a block
 */
record ActionContext(Firewall firewall, ActiveBlocks blocks, BlockOutcomes outcomes, ActionCounters counters,
                     Complaints complaints) {
}
