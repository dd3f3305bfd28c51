package org.edgesentry.netty.replay;

import org.edgesentry.core.action.ActionKind;
import org.edgesentry.core.action.ActionPublisher;
import org.edgesentry.core.action.ActionRequest;
import org.edgesentry.core.detect.DistinctCount;
import org.edgesentry.core.hash.SipHash;
import org.edgesentry.core.limits.Limits;
import org.edgesentry.core.net.AddressFamily;
import org.edgesentry.core.probe.ScanVerdict;
import org.edgesentry.netty.replay.report.ReplayReport;

/**
 * Takes what the pipeline asks of the actions. Nothing is done: verdicts go into the report, all else is for a machine
 * that is not there.
 *
 * <p>Thread: the replay's.
 */
final class Findings implements ActionPublisher {

    private final ReplayReport report;
    private final SipHash hash;
    private final FingerprintSet named = new FingerprintSet(Limits.NAMED_SOURCES);
    private final DistinctCount trapped;
    private final ActionRequest request = new ActionRequest();

    Findings(ReplayReport report, SipHash hash) {
        this.report = report;
        this.hash = hash;
        this.trapped = new DistinctCount(hash);
    }

    @Override
    public ActionRequest begin() {
        return request;
    }

    @Override
    public boolean publish() {
        if (request.kind == ActionKind.SCAN) {
            report.scan(request.scan, isFirst(request.scan));
        } else if (request.kind == ActionKind.DISTRIBUTED) {
            report.distributed(request.distributed);
        } else if (request.kind == ActionKind.PROBE && request.triggered) {
            trapped.add(request.family, request.sourceHi, request.sourceLo);
        }
        return true;
    }

    /** When more were named than can be remembered, a source may come twice; better that than to say nothing of it. */
    private boolean isFirst(ScanVerdict scan) {
        long fingerprint = hash.hash(scan.sourceHi, AddressFamily.commonLo(scan.family, scan.sourceLo));
        return named.add(fingerprint) || !named.contains(fingerprint);
    }

    /** Distinct sources that the traps alone would have had the daemon act on. */
    long trapped() {
        return trapped.count();
    }

    /** Distinct sources that were named. */
    long scans() {
        return named.size();
    }
}
