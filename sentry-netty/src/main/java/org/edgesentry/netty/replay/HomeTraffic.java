package org.edgesentry.netty.replay;

import org.edgesentry.core.detect.DistinctCount;
import org.edgesentry.core.hash.SipHash;
import org.edgesentry.core.net.PrefixMap;
import org.edgesentry.core.probe.EventKind;
import org.edgesentry.core.probe.ProbeEvent;
import org.edgesentry.core.probe.ProbeHandler;
import org.edgesentry.core.probe.Verdict;

/**
 * Stands behind the four handlers and counts who sends to home from outside, and who sends backscatter. The addresses
 * of malformed packets are not trusted.
 *
 * <p>Thread: the replay's.
 */
final class HomeTraffic implements ProbeHandler {

    private final PrefixMap home;
    private final DistinctCount sources;
    private final DistinctCount backscatter;

    HomeTraffic(PrefixMap home, SipHash hash) {
        this.home = home;
        this.sources = new DistinctCount(hash);
        this.backscatter = new DistinctCount(hash);
    }

    @Override
    public void handle(ProbeEvent event) {
        if (event.kind != EventKind.PROBE || event.verdict == Verdict.MALFORMED || !comesHome(event)) {
            return;
        }
        sources.add(event.family, event.sourceHi, event.sourceLo);
        if (event.verdict == Verdict.BACKSCATTER) {
            backscatter.add(event.family, event.sourceHi, event.sourceLo);
        }
    }

    private boolean comesHome(ProbeEvent event) {
        return home.contains(event.family, event.destinationHi, event.destinationLo)
                && !home.contains(event.family, event.sourceHi, event.sourceLo);
    }

    long sources() {
        return sources.count();
    }

    long backscatterSources() {
        return backscatter.count();
    }
}
