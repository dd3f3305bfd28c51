package org.edgesentry.actions.respond;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.logging.log4j.Logger;
import org.edgesentry.actions.block.ActiveBlocks;
import org.edgesentry.actions.history.BlockState;
import org.edgesentry.actions.history.HistoryFile;
import org.edgesentry.actions.history.ReportFormat;
import org.edgesentry.core.action.ActionRequest;
import org.edgesentry.core.limits.Limits;
import org.edgesentry.core.limits.TokenBucket;
import org.edgesentry.core.net.AddressText;

/**
 * Writes what was seen and what was done about it: history lines, which are collected for one write, and log lines.
 *
 * <p>Thread: action worker only.
 */
final class ScanReporter {

    private final ActiveBlocks blocks;
    private final ReportFormat format;
    private final Optional<HistoryFile> history;
    private final Logger log;
    private final TokenBucket responseLines = new TokenBucket(Limits.LINES_BURST, Limits.LINES_PER_MINUTE);
    private long unsaid;

    ScanReporter(ActiveBlocks blocks, ReportFormat format, Optional<HistoryFile> history, Logger log) {
        this.blocks = blocks;
        this.format = format;
        this.history = history;
        this.log = log;
    }

    void reportClosing(ActionRequest request) {
        toHistory(format.closingHistoryLine(request));
        log.info("{}", format.closingLogLine(request));
    }

    /** A probe that led to a response, what was done, and the probes that had to wait for it. */
    void reportResponse(Response response) {
        if (format.isProbeFirst()) {
            reportProbe(response.request());
            sayDone(response);
        } else {
            sayDone(response);
            reportProbe(response.request());
        }
        response.held().forEach(this::reportProbe);
    }

    private void sayDone(Response response) {
        List<String> lines = response.lines();
        if (lines.isEmpty()) {
            return;
        }
        if (responseLines.tryTake(response.request().epochNanos)) {
            lines.forEach(this::say);
        } else {
            unsaid++;
        }
    }

    /** A line about a host that has been reported already. */
    void say(String line) {
        log.info("{}", line);
    }

    void reportProbe(ActionRequest request) {
        if (request.reported) {
            BlockState state = state(request);
            toHistory(format.historyLine(request, state));
            log.info("{}", format.logLine(request, state));
        }
        if (request.firstSinceBlocked && isBlocked(request)) {
            String address = AddressText.format(request.family, request.sourceHi, request.sourceLo);
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
        return isBlocked(request) ? BlockState.BLOCKED : BlockState.NOT_BLOCKED;
    }

    private boolean isBlocked(ActionRequest request) {
        return blocks.covers(request.family, request.sourceHi, request.sourceLo);
    }

    /** At the stop: how many commands were never begun. */
    void sayNotRun(int commands) {
        if (commands > 0) {
            log.warn("{} commands of KILL_ROUTE and KILL_RUN_CMD were not run, since the daemon stops", commands);
        }
    }

    /** What was held back so far is written. */
    void flush() {
        history.ifPresent(HistoryFile::flush);
    }

    /** After a storm: to how many hosts there was a response without a line. */
    void sayFolded() {
        if (unsaid > 0) {
            log.info("attackalert: {} more hosts have been blocked, without a line each", unsaid);
            unsaid = 0;
        }
    }
}
