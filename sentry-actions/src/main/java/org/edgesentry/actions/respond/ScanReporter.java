package org.edgesentry.actions.respond;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.logging.log4j.Logger;
import org.edgesentry.actions.block.ActiveBlocks;
import org.edgesentry.actions.firewall.Block;
import org.edgesentry.actions.firewall.Firewall;
import org.edgesentry.actions.history.BlockState;
import org.edgesentry.actions.history.HistoryFile;
import org.edgesentry.actions.history.ReportFormat;
import org.edgesentry.core.action.ActionKind;
import org.edgesentry.core.action.ActionRequest;
import org.edgesentry.core.limits.Limits;
import org.edgesentry.core.limits.TokenBucket;
import org.edgesentry.core.net.AddressText;
import org.edgesentry.core.net.Cidr;

/**
 * Writes what a committed batch was about, in its order: history lines with one write, and log lines.
 *
 * <p>Thread: action worker only.
 */
final class ScanReporter {

    private final Firewall firewall;
    private final ActiveBlocks blocks;
    private final ReportFormat format;
    private final Optional<HistoryFile> history;
    private final Logger log;
    private final TokenBucket blockLines = new TokenBucket(Limits.LINES_BURST, Limits.LINES_PER_MINUTE);
    private long blocksUnsaid;

    ScanReporter(Firewall firewall, ActiveBlocks blocks, ReportFormat format, Optional<HistoryFile> history,
                 Logger log) {
        this.firewall = firewall;
        this.blocks = blocks;
        this.format = format;
        this.history = history;
        this.log = log;
    }

    void report(ActionBatch batch, Map<Cidr, Block> made) {
        Map<Cidr, Block> toTell = new HashMap<>(made);
        for (int i = 0; i < batch.size(); i++) {
            ActionRequest request = batch.get(i);
            if (request.kind == ActionKind.CLOSING) {
                reportClosing(request);
            } else {
                reportProbe(request, toTell);
            }
        }
        history.ifPresent(HistoryFile::flush);
    }

    private void reportClosing(ActionRequest request) {
        toHistory(format.closingHistoryLine(request));
        log.info("{}", format.closingLogLine(request));
    }

    private void reportProbe(ActionRequest request, Map<Cidr, Block> toTell) {
        if (request.reported) {
            BlockState state = state(request);
            toHistory(format.historyLine(request, state));
            log.info("{}", format.logLine(request, state));
        }
        if (request.blockRequested) {
            Block block = toTell.remove(BlockCommitter.target(request));
            if (block != null) {
                sayBlocked(request, block);
            }
        }
        if (request.firstSinceBlocked && !firewall.isDryRun()) {
            String address = address(request);
            log.info("attackalert: Host: {}/{} is already blocked Ignoring", address, address);
        }
    }

    private void toHistory(Optional<String> line) {
        Consumer<HistoryFile> add = file -> line.ifPresent(file::add);
        history.ifPresent(add);
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

    private void sayBlocked(ActionRequest request, Block block) {
        if (!blockLines.tryTake(request.epochNanos)) {
            blocksUnsaid++;
        } else if (firewall.isDryRun()) {
            log.info("attackalert: Host {} would be blocked now, but no firewall is in use", address(request));
        } else {
            log.info("attackalert: Host {} has been blocked via dropped route using command: \"{}\"",
                    address(request), firewall.describe(block));
        }
    }

    /** After a storm: how many hosts were blocked without a line. */
    void sayFolded() {
        if (blocksUnsaid > 0) {
            log.info("attackalert: {} more hosts have been blocked, without a line each", blocksUnsaid);
            blocksUnsaid = 0;
        }
    }

    private static String address(ActionRequest request) {
        return AddressText.format(request.family, request.sourceHi, request.sourceLo);
    }
}
