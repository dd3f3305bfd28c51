package org.edgesentry.core.dispatch;

import org.edgesentry.core.action.ActionKind;
import org.edgesentry.core.action.ActionPublisher;
import org.edgesentry.core.action.ActionRequest;
import org.edgesentry.core.metrics.ProbeCounters;
import org.edgesentry.core.probe.EventKind;
import org.edgesentry.core.probe.ProbeEvent;
import org.edgesentry.core.probe.ProbeHandler;
import org.edgesentry.core.probe.Verdict;

/**
 * The last handler: counts every probe under its verdict and hands on what is to be done about it.
 *
 * <p>Thread: pipeline only; allocates nothing.
 */
public final class DispatchHandler implements ProbeHandler {

    private final ProbeCounters counters;
    private final ActionPublisher actions;

    /** A handler that counts here and asks there. */
    public DispatchHandler(ProbeCounters counters, ActionPublisher actions) {
        this.counters = counters;
        this.actions = actions;
    }

    @Override
    public void handle(ProbeEvent event) {
        if (event.kind == EventKind.PROBE) {
            counters.count(event.seenBy, event.verdict);
            boolean wanted = event.reported || event.blockRequested || event.firstSinceBlocked;
            if (event.verdict == Verdict.PROBE && wanted) {
                ask(ActionKind.PROBE, event);
            }
        } else if (event.kind == EventKind.TICK) {
            ask(ActionKind.TICK, event);
        } else if (event.closingFolded > 0) {
            ask(ActionKind.CLOSING, event);
        }
    }

    private void ask(ActionKind kind, ProbeEvent event) {
        ActionRequest request = actions.begin();
        request.kind = kind;
        request.epochNanos = event.epochNanos;
        request.seenBy = event.seenBy;
        request.family = event.family;
        request.sourceHi = event.sourceHi;
        request.sourceLo = event.sourceLo;
        request.protocol = event.protocol;
        request.port = event.destinationPort;
        request.scanType = event.scanType;
        request.tcpFlags = event.tcpFlags;
        request.ipOptions = event.ipOptions;
        request.triggered = event.triggered;
        request.reported = event.reported;
        request.blockForbidden = event.blockForbidden;
        request.blockRequested = event.blockRequested;
        request.firstSinceBlocked = event.firstSinceBlocked;
        request.blockPrefixLength = event.blockPrefixLength;
        request.blockSeconds = event.blockSeconds;
        request.closingProbes = event.closingProbes;
        request.closingFolded = event.closingFolded;
        request.closingFirstNanos = event.closingFirstNanos;
        request.closingOngoing = event.closingOngoing;
        request.closingHosts = event.closingHosts;
        actions.publish();
    }
}
