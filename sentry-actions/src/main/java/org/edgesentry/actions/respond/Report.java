package org.edgesentry.actions.respond;

import java.util.Optional;
import org.edgesentry.actions.firewall.Block;
import org.edgesentry.actions.history.BlockState;
import org.edgesentry.core.action.ActionRequest;

/**
 * What is to be written about one request. Thread: action worker only.
 *
 * @param request the request
 * @param state whether its source was blocked when the request was dealt with
 * @param block the block that it led to
 * @param alreadyBlocked whether to say that the source was blocked before
 */
record Report(ActionRequest request, BlockState state, Optional<Block> block, boolean alreadyBlocked) {

    /** The same, with a request that outlives its batch. */
    Report kept() {
        ActionRequest copy = new ActionRequest();
        copy.copyFrom(request);
        return new Report(copy, state, block, alreadyBlocked);
    }
}
