package org.edgesentry.actions.notify;

import java.util.Optional;
import org.edgesentry.core.ledger.ActiveBlock;
import org.edgesentry.core.net.Cidr;

/**
 * What a digest tells of one source. Thread: immutable.
 *
 * @param source one address
 * @param block its newest block
 * @param dryRun whether that block is only what would have been done
 * @param scan its scan that has ended
 */
record SourceNews(Cidr source, Optional<ActiveBlock> block, boolean dryRun, Optional<ScanSummary> scan) {

    /** Nothing yet. */
    static SourceNews of(Cidr source) {
        return new SourceNews(source, Optional.empty(), false, Optional.empty());
    }

    SourceNews with(ActiveBlock newest, boolean newestIsDryRun) {
        return new SourceNews(source, Optional.of(newest), newestIsDryRun, scan);
    }

    SourceNews with(ScanSummary ended) {
        ScanSummary both = scan.map(earlier -> earlier.and(ended)).orElse(ended);
        return new SourceNews(source, block, dryRun, Optional.of(both));
    }
}
