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
        copy(request, copies[size]);
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

    private static void copy(ActionRequest from, ActionRequest to) {
        to.kind = from.kind;
        to.epochNanos = from.epochNanos;
        to.seenBy = from.seenBy;
        to.family = from.family;
        to.sourceHi = from.sourceHi;
        to.sourceLo = from.sourceLo;
        to.protocol = from.protocol;
        to.port = from.port;
        to.scanType = from.scanType;
        to.tcpFlags = from.tcpFlags;
        to.ipOptions = from.ipOptions;
        to.triggered = from.triggered;
        to.reported = from.reported;
        to.blockForbidden = from.blockForbidden;
        to.blockRequested = from.blockRequested;
        to.firstSinceBlocked = from.firstSinceBlocked;
        to.blockPrefixLength = from.blockPrefixLength;
        to.blockSeconds = from.blockSeconds;
        to.closingProbes = from.closingProbes;
        to.closingFolded = from.closingFolded;
        to.closingFirstNanos = from.closingFirstNanos;
    }
}
