package org.edgesentry.actions.respond;

import org.edgesentry.actions.history.ScanText;
import org.edgesentry.actions.notify.Notifier;
import org.edgesentry.actions.notify.OpenScans;
import org.edgesentry.core.action.ActionKind;
import org.edgesentry.core.action.ActionRequest;
import org.edgesentry.core.config.Settings;
import org.edgesentry.core.ledger.ActiveBlocks;
import org.edgesentry.core.net.Cidr;

/**
 * Picks from what is reported what somebody is to be told.
 *
 * <p>Thread: action worker only.
 */
final class NewsDesk {

    private final Notifier notifier;
    private final OpenScans scans;

    NewsDesk(Notifier notifier, ActiveBlocks blocks) {
        this.notifier = notifier;
        this.scans = new OpenScans(notifier::scanEnded,
                source -> blocks.covers(source.family(), source.hi(), source.lo()));
    }

    /** A request that was reported. */
    void take(ActionRequest request) {
        if (request.kind == ActionKind.DISTRIBUTED) {
            notifier.distributed(request.distributed);
        } else if (request.kind == ActionKind.PROBE && request.triggered) {
            scans.probe(source(request), ScanText.type(request.scanType, request.tcpFlags), request.epochNanos);
        } else if (request.kind == ActionKind.CLOSING && request.closingHosts == 0 && !request.closingOngoing) {
            scans.closed(source(request), request.closingFirstNanos, request.epochNanos, request.closingProbes);
        }
    }

    /** What is about many sources has none. */
    private static Cidr source(ActionRequest request) {
        return Cidr.ofAddress(request.family, request.sourceHi, request.sourceLo);
    }

    void tick(long epochNanos) {
        scans.tick(epochNanos);
    }

    void renew(Settings.Notify settings) {
        notifier.renew(settings);
    }

    /** All scans have ended; what can be sent at once is sent. */
    void close() {
        scans.endAll();
        notifier.close();
    }
}
