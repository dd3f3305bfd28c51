package org.edgesentry.actions.respond;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.edgesentry.actions.ActionLimits;
import org.edgesentry.core.action.ActionRequest;
import org.edgesentry.core.net.Cidr;

/**
 * Hosts that the firewall could not block. Each is tried again after one second, two, four and so on, whether it probes
 * again or not; in between its probes ask the firewall for nothing. The oldest gives way, and is asked for by its next
 * probe.
 *
 * <p>Thread: action worker only.
 */
final class FailedBlocks {

    private final Map<Cidr, Failed> byTarget = new LinkedHashMap<>() {

        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Cidr, Failed> eldest) {
            return size() > ActionLimits.FAILED_BLOCKS;
        }
    };

    /** The block that this request asked for was not made. */
    void add(ActionRequest request, long epochNanos) {
        Failed failed = byTarget.computeIfAbsent(Response.target(request), target -> new Failed(request));
        failed.backoff.failed(epochNanos);
    }

    /** It was made, or is not wanted any more. */
    void remove(Cidr target) {
        byTarget.remove(target);
    }

    /** Whether the host waits for its next try. */
    boolean isWaiting(Cidr target, long epochNanos) {
        Failed failed = byTarget.get(target);
        return failed != null && !failed.backoff.isOver(epochNanos);
    }

    /** What is to be tried now. */
    List<ActionRequest> due(long epochNanos) {
        List<ActionRequest> due = new ArrayList<>();
        for (Failed failed : byTarget.values()) {
            if (failed.backoff.isOver(epochNanos)) {
                failed.request.epochNanos = epochNanos;
                due.add(failed.request);
            }
        }
        return due;
    }

    /** A host and when to try again; its probe has been reported. */
    private static final class Failed {

        private final ActionRequest request = new ActionRequest();
        private final Backoff backoff = new Backoff();

        Failed(ActionRequest origin) {
            request.copyFrom(origin);
            request.reported = false;
        }
    }
}
