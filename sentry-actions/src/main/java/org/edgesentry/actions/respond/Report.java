package org.edgesentry.actions.respond;

import java.util.List;
import org.edgesentry.actions.history.BlockState;
import org.edgesentry.core.action.ActionRequest;

/**
 * What is to be written about one request. Thread: action worker only.
 *
 * @param request the request
 * @param state whether its source was blocked when the request was dealt with
 * @param done the log lines of what was done about it
 * @param blocked whether that was a block
 * @param alreadyBlocked whether to say that the source was blocked before
 */
record Report(ActionRequest request, BlockState state, List<String> done, boolean blocked, boolean alreadyBlocked) {

    /** The same, with a request that outlives its batch. */
    Report kept() {
        ActionRequest copy = new ActionRequest();
        copy.copyFrom(request);
        return new Report(copy, state, done, blocked, alreadyBlocked);
    }
}
