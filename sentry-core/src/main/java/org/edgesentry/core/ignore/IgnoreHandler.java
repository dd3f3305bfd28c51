package org.edgesentry.core.ignore;

import org.edgesentry.core.net.IpProtocol;
import org.edgesentry.core.net.PrefixMap;
import org.edgesentry.core.probe.ProbeEvent;
import org.edgesentry.core.probe.ProbeHandler;
import org.edgesentry.core.probe.ProbeSource;
import org.edgesentry.core.probe.Verdict;

/**
 * The second handler: takes out probes from hosts that the administrator wants left alone, and probes whose source
 * cannot be real, so that neither is ever counted against anybody.
 *
 * <p>A TCP connection to a trap is real whoever made it, our own addresses included: its source completed a handshake.
 * The source of a datagram proves nothing, wherever it was received.
 *
 * <p>Thread: pipeline only; allocates nothing.
 */
public final class IgnoreHandler implements ProbeHandler {

    private final PrefixMap ignored;
    private final PrefixMap own;

    /**
     * A handler for one ignore list.
     *
     * @param ignored the entries of IGNORE_FILE
     * @param own addresses of this host and broadcast addresses of its networks, which nobody outside can send from
     */
    public IgnoreHandler(PrefixMap ignored, PrefixMap own) {
        this.ignored = ignored;
        this.own = own;
    }

    @Override
    public void handle(ProbeEvent event) {
        if (event.verdict != Verdict.PROBE) {
            return;
        }
        if (ignored.contains(event.family, event.sourceHi, event.sourceLo)) {
            event.verdict = Verdict.IGNORED;
        } else if (!hasCompletedHandshake(event) && isForged(event)) {
            event.verdict = Verdict.FORGED;
        }
    }

    private static boolean hasCompletedHandshake(ProbeEvent event) {
        return event.seenBy == ProbeSource.TRAP && event.protocol == IpProtocol.TCP;
    }

    private boolean isForged(ProbeEvent event) {
        return UnrealSources.contains(event.family, event.sourceHi, event.sourceLo)
                || own.contains(event.family, event.sourceHi, event.sourceLo);
    }
}
