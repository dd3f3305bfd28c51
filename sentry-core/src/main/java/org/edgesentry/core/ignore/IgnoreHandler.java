package org.edgesentry.core.ignore;

import java.util.function.Supplier;
import org.edgesentry.core.net.IpProtocol;
import org.edgesentry.core.probe.EventKind;
import org.edgesentry.core.probe.ProbeEvent;
import org.edgesentry.core.probe.ProbeHandler;
import org.edgesentry.core.probe.ProbeSource;
import org.edgesentry.core.probe.Verdict;

/**
 * The second handler: takes out probes and contacts of hosts that the administrator wants left alone, and those whose
 * source cannot be real, so that neither is ever counted against anybody.
 *
 * <p>A TCP connection to a trap is real whoever made it, our own addresses included: its source completed a handshake.
 * The source of a datagram proves nothing, wherever it was received.
 *
 * <p>Thread: pipeline only; allocates nothing.
 */
public final class IgnoreHandler implements ProbeHandler {

    private final Supplier<LeftAlone> newest;
    private LeftAlone leftAlone;

    /** A handler for the list that it is told now, and again with each {@link EventKind#RENEW}. */
    public IgnoreHandler(Supplier<LeftAlone> newest) {
        this.newest = newest;
        this.leftAlone = newest.get();
    }

    @Override
    public void handle(ProbeEvent event) {
        if (event.kind == EventKind.RENEW) {
            leftAlone = newest.get();
        }
        if (event.verdict != Verdict.PROBE && event.verdict != Verdict.CONTACT) {
            return;
        }
        if (leftAlone.ignored().contains(event.family, event.sourceHi, event.sourceLo)) {
            event.verdict = Verdict.IGNORED;
        } else if (!hasCompletedHandshake(event) && isForged(event)) {
            event.verdict = Verdict.FORGED;
        }
    }

    private static boolean hasCompletedHandshake(ProbeEvent event) {
        return event.seenBy == ProbeSource.TRAP && event.protocol == IpProtocol.TCP;
    }

    private boolean isForged(ProbeEvent event) {
        boolean own = UnrealSources.isLoopback(event.family, event.sourceHi, event.sourceLo)
                || leftAlone.own().contains(event.family, event.sourceHi, event.sourceLo);
        return own ? !leftAlone.countsOwn()
                : UnrealSources.contains(event.family, event.sourceHi, event.sourceLo);
    }
}
