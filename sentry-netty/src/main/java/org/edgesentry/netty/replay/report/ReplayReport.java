package org.edgesentry.netty.replay.report;

import org.edgesentry.core.probe.DistributedScan;
import org.edgesentry.core.probe.ScanVerdict;

/** Tells what a replay finds. Thread: the replay's. */
public interface ReplayReport {

    /**
     * A source was judged to scan.
     *
     * @param scan valid during the call only
     * @param first whether it is the first verdict about this source; a later one has the figures of the end
     */
    void scan(ScanVerdict scan, boolean first);

    /** Many sources scan together. */
    void distributed(DistributedScan scan);

    /** Called once, at the end. */
    void finish(ReplaySummary summary);

    /** Whether nobody takes the report any more: a pipe that was closed, a disk that is full. */
    boolean isBroken();
}
