package org.edgesentry.actions.respond;

import org.edgesentry.actions.ActionCounters;
import org.edgesentry.actions.Complaints;
import org.edgesentry.actions.firewall.Firewall;
import org.edgesentry.core.action.BlockOutcomes;

/**
 * What all parts of the responder work on. Thread: action worker only.
 *
 * @param firewall open
 * @param book what is blocked now, and was
 * @param outcomes where the pipeline hears what became of a block
 * @param news who hears of new blocks
 */
record ActionContext(Firewall firewall, BlockBook book, BlockOutcomes outcomes, ActionCounters counters,
                     Complaints complaints, BlockNews news) {
}
