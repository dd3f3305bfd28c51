package org.edgesentry.core.dispatch;

import org.edgesentry.core.action.ActionKind;
import org.edgesentry.core.action.ActionPublisher;
import org.edgesentry.core.action.ActionRequest;
import org.edgesentry.core.command.HostsCommand;
import org.edgesentry.core.limits.Limits;
import org.edgesentry.core.limits.TokenBucket;
import org.edgesentry.core.metrics.ProbeCounters;
import org.edgesentry.core.probe.EventKind;
import org.edgesentry.core.probe.ProbeEvent;
import org.edgesentry.core.probe.ProbeHandler;
import org.edgesentry.core.probe.ProbeSource;
import org.edgesentry.core.probe.Verdict;

/**
 * The last handler: counts every probe under its verdict and hands on what is to be done about it. Word of new rules
 * that finds the action ring full goes out again with the next tick: nobody else would bring it.
 *
 * <p>Thread: pipeline only; allocates nothing.
 */
public final class DispatchHandler implements ProbeHandler {

    private final ProbeCounters counters;
    private final ActionPublisher actions;
    private final boolean talkative;
    private boolean renewalOwed;
    private final TokenBucket leftAloneLines =
            new TokenBucket(Limits.LEFT_ALONE_LINES_PER_MINUTE, Limits.LEFT_ALONE_LINES_PER_MINUTE);

    /** A handler that counts here and asks there; a talkative one has packets told that count against nobody. */
    public DispatchHandler(ProbeCounters counters, ActionPublisher actions, boolean talkative) {
        this.counters = counters;
        this.actions = actions;
        this.talkative = talkative;
    }

    @Override
    public void handle(ProbeEvent event) {
        tellVerdicts(event);
        if (event.kind == EventKind.PROBE) {
            // What the pipeline told itself was counted when it came as a packet.
            if (event.seenBy != ProbeSource.COMMAND) {
                counters.count(event.seenBy, event.verdict);
            }
            onJudged(event);
        } else if (event.kind == EventKind.TICK) {
            renewalOwed = renewalOwed && !ask(ActionKind.RENEW, event);
            ask(ActionKind.TICK, event);
        } else if (event.kind == EventKind.RENEW) {
            renewalOwed = !ask(ActionKind.RENEW, event);
        } else if (event.kind == EventKind.COMMAND) {
            handOn(event);
        } else if (event.closingFolded > 0) {
            ask(ActionKind.CLOSING, event);
        }
    }

    /** What the handlers before have not answered is about blocks. */
    private void handOn(ProbeEvent event) {
        if (!(event.command instanceof HostsCommand) && !ask(ActionKind.COMMAND, event)) {
            event.command.refuse("the daemon has too much to do just now; try again");
        }
    }

    private void tellVerdicts(ProbeEvent event) {
        if (event.hasScan) {
            ask(ActionKind.SCAN, event);
        }
        if (event.distributed != null) {
            ask(ActionKind.DISTRIBUTED, event);
        }
    }

    private void onJudged(ProbeEvent event) {
        if (event.verdict != Verdict.PROBE) {
            if (talkative && event.verdict != Verdict.UNWATCHED && leftAloneLines.tryTake(event.epochNanos)) {
                ask(ActionKind.LEFT_ALONE, event);
            }
        } else if (event.reported || event.blockRequested || event.firstSinceBlocked) {
            ask(ActionKind.PROBE, event);
        }
    }

    private boolean ask(ActionKind kind, ProbeEvent event) {
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
        request.verdict = event.verdict;
        request.tcpFlags = event.tcpFlags;
        request.ipOptions = event.ipOptions;
        request.triggered = event.triggered;
        request.reported = event.reported;
        request.blockForbidden = event.blockForbidden;
        request.blockRequested = event.blockRequested;
        request.commandOnly = event.commandOnly;
        request.firstSinceBlocked = event.firstSinceBlocked;
        request.blockPrefixLength = event.blockPrefixLength;
        request.cameBefore = event.cameBefore;
        request.closingProbes = event.closingProbes;
        request.closingFolded = event.closingFolded;
        request.closingFirstNanos = event.closingFirstNanos;
        request.closingOngoing = event.closingOngoing;
        request.closingHosts = event.closingHosts;
        request.blocksPutOff = event.blocksPutOff;
        request.scan.copyFrom(event.scan);
        request.distributed = event.distributed;
        request.command = event.command;
        return actions.publish();
    }
}
