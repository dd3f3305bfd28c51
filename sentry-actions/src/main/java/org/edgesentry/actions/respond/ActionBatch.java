package org.edgesentry.actions.respond;

import org.edgesentry.actions.ActionLimits;
import org.edgesentry.core.action.ActionRequest;

/** Copies of the requests that the next commit handles, in their order. Thread: action worker only. */
final class ActionBatch {

    private final ActionRequest[] copies = new ActionRequest[ActionLimits.BATCH_REQUESTS];
    private int size;

    void add(ActionRequest request) {
        if (copies[size] == null) {
            copies[size] = new ActionRequest();
        }
        copies[size].copyFrom(request);
        size++;
    }

    int size() {
        return size;
    }

    boolean isFull() {
        return size == copies.length;
    }

    ActionRequest get(int index) {
        return copies[index];
    }

    void clear() {
        size = 0;
    }
}
