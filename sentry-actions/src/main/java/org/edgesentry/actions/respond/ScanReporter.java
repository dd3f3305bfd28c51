package org.edgesentry.actions.respond;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.edgesentry.actions.block.ActiveBlocks;
import org.edgesentry.actions.firewall.Block;
import org.edgesentry.actions.firewall.Firewall;
import org.edgesentry.actions.history.BlockState;
import org.edgesentry.core.action.ActionKind;
import org.edgesentry.core.action.ActionRequest;
import org.edgesentry.core.net.Cidr;

/**
 * Reports what a committed batch was about, in its order.
 *
 * <p>Thread: action worker only.
 */
final class ScanReporter {

    private final Firewall firewall;
    private final ActiveBlocks blocks;
    private final NamedReports reports;
    private final ReportWriter writer;

    ScanReporter(Firewall firewall, ActiveBlocks blocks, NamedReports reports, ReportWriter writer) {
        this.firewall = firewall;
        this.blocks = blocks;
        this.reports = reports;
        this.writer = writer;
    }

    void report(ActionBatch batch, Map<Cidr, Block> made) {
        Map<Cidr, Block> toTell = new HashMap<>(made);
        for (int i = 0; i < batch.size(); i++) {
            ActionRequest request = batch.get(i);
            reports.add(report(request, toTell), request.epochNanos);
        }
        reports.writeReady(batch.get(batch.size() - 1).epochNanos);
        writer.flush();
    }

    private Report report(ActionRequest request, Map<Cidr, Block> toTell) {
        if (request.kind == ActionKind.CLOSING) {
            return new Report(request, BlockState.UNDECIDED, Optional.empty(), false);
        }
        Optional<Block> block = request.blockRequested
                ? Optional.ofNullable(toTell.remove(BlockCommitter.target(request)))
                : Optional.empty();
        return new Report(request, state(request), block, request.firstSinceBlocked && !firewall.isDryRun());
    }

    private BlockState state(ActionRequest request) {
        if (!request.triggered) {
            return BlockState.UNDECIDED;
        }
        if (request.blockForbidden) {
            return BlockState.FORBIDDEN;
        }
        boolean blocked = blocks.covers(request.family, request.sourceHi, request.sourceLo);
        return blocked ? BlockState.BLOCKED : BlockState.NOT_BLOCKED;
    }

    /** Once a second: writes what had to wait, and what a full disk did not take before. */
    void tick(long epochNanos) {
        reports.writeReady(epochNanos);
        writer.sayUnsaid(epochNanos);
        writer.flush();
    }

    /** Writes what is left. */
    void close() {
        reports.writeAll();
        writer.close();
    }
}
