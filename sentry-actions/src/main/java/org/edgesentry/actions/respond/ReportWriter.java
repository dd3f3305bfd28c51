package org.edgesentry.actions.respond;

import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.logging.log4j.Logger;
import org.edgesentry.actions.history.HistoryFile;
import org.edgesentry.actions.history.ReportFormat;
import org.edgesentry.core.action.ActionKind;
import org.edgesentry.core.action.ActionRequest;
import org.edgesentry.core.limits.Limits;
import org.edgesentry.core.limits.LineBudget;
import org.edgesentry.core.limits.TokenBucket;
import org.edgesentry.core.net.AddressText;

/**
 * Writes the lines of a report: history lines, which are collected for one write, and log lines. Lines of probes were
 * rationed by the pipeline; those of responses and verdicts are rationed here.
 *
 * <p>Thread: action worker only. Time is the requests' own.
 */
final class ReportWriter {

    private static final long MINUTE_NANOS = TimeUnit.MINUTES.toNanos(1);

    private final ReportFormat format;
    private final Optional<HistoryFile> history;
    private final Logger log;
    private final LineBudget responseLines =
            new LineBudget(Limits.BLOCK_LINES_BURST, Limits.BLOCK_LINES_PER_MINUTE);
    private final TokenBucket verdictLines =
            new TokenBucket(Limits.VERDICT_LINES_BURST, Limits.VERDICT_LINES_PER_MINUTE);
    private long hostsUnsaid;
    private long verdictsUnsaid;
    private long linesUnsaid;
    private long countSaidNanos;

    ReportWriter(ReportFormat format, Optional<HistoryFile> history, Logger log) {
        this.format = format;
        this.history = history;
        this.log = log;
    }

    void write(Report report, String name) {
        ActionRequest request = report.request();
        if (request.kind == ActionKind.CLOSING) {
            toHistory(format.closingHistoryLine(request, name));
            log.info("{}", format.closingLogLine(request, name));
        } else if (request.kind != ActionKind.PROBE) {
            writeVerdict(request, name);
        } else if (format.isProbeFirst()) {
            writeProbe(report, name);
            writeResponse(report, name);
        } else {
            writeResponse(report, name);
            writeProbe(report, name);
        }
    }

    private void writeVerdict(ActionRequest request, String name) {
        if (verdictLines.tryTake(request.epochNanos)) {
            log.info("{}", request.kind == ActionKind.DISTRIBUTED
                    ? AlertText.scan(request.distributed) : AlertText.scan(request.scan, name));
        } else {
            verdictsUnsaid++;
        }
    }

    private void writeProbe(Report report, String name) {
        ActionRequest request = report.request();
        if (request.reported) {
            toHistory(format.historyLine(request, report.state(), name));
            log.info("{}", format.logLine(request, report.state(), name));
        }
        if (report.alreadyBlocked() && responseLines.tryTake(request.epochNanos)) {
            log.info("attackalert: Host: {}/{} is already blocked Ignoring", name,
                    AddressText.format(request.family, request.sourceHi, request.sourceLo));
        }
    }

    private void writeResponse(Report report, String name) {
        boolean complete = true;
        for (String line : report.done()) {
            complete &= sayIfRoom(line, report.request());
        }
        if (!complete) {
            hostsUnsaid++;
        } else if (report.blocked()) {
            toHistory(format.blockedHistoryLine(report.request(), name));
        }
    }

    private boolean sayIfRoom(String line, ActionRequest request) {
        boolean room = request.cameBefore ? responseLines.tryTake(request.epochNanos)
                : responseLines.tryTakeOfNewcomer(request.epochNanos);
        if (room) {
            log.info("{}", line);
        }
        return room;
    }

    /** A line about a host that has been reported already. */
    void say(String line, long epochNanos) {
        if (responseLines.tryTake(epochNanos)) {
            log.info("{}", line);
        } else {
            linesUnsaid++;
        }
    }

    /** In a storm, once a minute: what was done without a line. */
    void sayUnsaid(long epochNanos) {
        long waitedNanos = epochNanos - countSaidNanos;
        if (waitedNanos >= MINUTE_NANOS || waitedNanos < 0) {
            sayUnsaid();
            countSaidNanos = epochNanos;
        }
    }

    private void sayUnsaid() {
        if (hostsUnsaid > 0) {
            log.info("attackalert: {} more hosts have been blocked, without a line each", hostsUnsaid);
            hostsUnsaid = 0;
        }
        if (verdictsUnsaid > 0) {
            log.info("attackalert: {} more scans were found, without a line each", verdictsUnsaid);
            verdictsUnsaid = 0;
        }
        if (linesUnsaid > 0) {
            log.info("attackalert: {} more lines about commands and lifted blocks were left out", linesUnsaid);
            linesUnsaid = 0;
        }
    }

    private void toHistory(Optional<String> line) {
        if (line.isPresent() && history.isPresent()) {
            history.get().add(line.get());
        }
    }

    void flush() {
        history.ifPresent(HistoryFile::flush);
    }

    /** Says what is unsaid, writes what the disk takes, and lets go of the history file. */
    void close() {
        sayUnsaid();
        history.ifPresent(HistoryFile::close);
    }
}
