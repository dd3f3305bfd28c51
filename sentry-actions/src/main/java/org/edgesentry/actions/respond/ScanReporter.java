package org.edgesentry.actions.respond;

import java.util.List;
import org.apache.logging.log4j.Logger;
import org.edgesentry.core.ledger.ActiveBlocks;
import org.edgesentry.actions.history.BlockState;
import org.edgesentry.core.action.ActionRequest;

/**
 * Reports what was seen and what was done about it. What a report says of blocks is settled here, even when its lines
 * have to wait for a name.
 *
 * <p>Thread: action worker only.
 */
final class ScanReporter {

    private final ActiveBlocks blocks;
    private final NamedReports reports;
    private final ReportWriter writer;
    private final Logger log;
    private long lastEpochNanos;

    ScanReporter(ActiveBlocks blocks, NamedReports reports, ReportWriter writer, Logger log) {
        this.blocks = blocks;
        this.reports = reports;
        this.writer = writer;
        this.log = log;
    }

    /** A line that sums up, or a verdict: nothing is done about it here. */
    void reportFinding(ActionRequest request) {
        add(new Report(request, BlockState.UNDECIDED, List.of(), false, false));
    }

    /** A probe that led to a response, what was done, and the probes that had to wait for it. */
    void reportResponse(Response response) {
        ActionRequest request = response.request();
        boolean blocked = response.isBlocked() && isBlocked(request);
        add(new Report(request, state(request), response.lines(), blocked, isBlockedBefore(request)));
        response.held().forEach(this::reportProbe);
    }

    /** The probes of a response whose command takes its time: a scan is seen when it is seen. */
    void reportProbesOf(Response response) {
        reportProbe(response.request());
        response.held().forEach(this::reportProbe);
        response.told();
    }

    void reportProbe(ActionRequest request) {
        add(new Report(request, state(request), List.of(), false, isBlockedBefore(request)));
    }

    private void add(Report report) {
        lastEpochNanos = report.request().epochNanos;
        reports.add(report, lastEpochNanos);
    }

    /** A line about a host that has been reported already. */
    void say(String line) {
        writer.say(line, lastEpochNanos);
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

    private boolean isBlockedBefore(ActionRequest request) {
        return request.firstSinceBlocked && isBlocked(request);
    }

    private boolean isBlocked(ActionRequest request) {
        return blocks.covers(request.family, request.sourceHi, request.sourceLo);
    }

    /** At the stop: how many commands were never begun. */
    void sayNotRun(int commands) {
        if (commands > 0) {
            log.warn("{} commands (KILL_ROUTE, KILL_RUN_CMD) were not run to their end: the daemon stops", commands);
        }
    }

    /** Writes what has its name, or has waited long enough for it. */
    void flush(long epochNanos) {
        reports.writeReady(epochNanos);
        writer.flush();
    }

    /** Once a second: also what a full disk did not take before, and what was done without a line. */
    void tick(long epochNanos) {
        lastEpochNanos = epochNanos;
        writer.sayUnsaid(epochNanos);
        flush(epochNanos);
    }

    /** Writes what is left. */
    void close() {
        reports.writeAll();
        writer.close();
    }
}
