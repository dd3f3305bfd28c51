package org.edgesentry.actions.respond;

import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.logging.log4j.Logger;
import org.edgesentry.actions.firewall.Block;
import org.edgesentry.actions.firewall.Firewall;
import org.edgesentry.actions.history.HistoryFile;
import org.edgesentry.actions.history.ReportFormat;
import org.edgesentry.core.action.ActionKind;
import org.edgesentry.core.action.ActionRequest;
import org.edgesentry.core.limits.Limits;
import org.edgesentry.core.limits.TokenBucket;
import org.edgesentry.core.net.AddressText;

/**
 * Writes the lines of a report into history and log. Lines of probes were rationed by the pipeline; those of blocks are
 * rationed here.
 *
 * <p>Thread: action worker only.
 */
final class ReportWriter {

    private static final long MINUTE_NANOS = TimeUnit.MINUTES.toNanos(1);

    private final Firewall firewall;
    private final ReportFormat format;
    private final Optional<HistoryFile> history;
    private final Logger log;
    private final TokenBucket blockLines = new TokenBucket(Limits.BLOCK_LINES_BURST, Limits.BLOCK_LINES_PER_MINUTE);
    private long blocksUnsaid;
    private long countSaidNanos;

    ReportWriter(Firewall firewall, ReportFormat format, Optional<HistoryFile> history, Logger log) {
        this.firewall = firewall;
        this.format = format;
        this.history = history;
        this.log = log;
    }

    void write(Report report, String name) {
        ActionRequest request = report.request();
        if (request.kind == ActionKind.CLOSING) {
            toHistory(format.closingHistoryLine(request, name));
            log.info("{}", format.closingLogLine(request, name));
            return;
        }
        if (request.reported) {
            toHistory(format.historyLine(request, report.state(), name));
            log.info("{}", format.logLine(request, report.state(), name));
        }
        report.block().ifPresent(block -> writeBlock(request, block, name));
        if (report.alreadyBlocked() && blockLines.tryTake(request.epochNanos)) {
            log.info("attackalert: Host: {}/{} is already blocked Ignoring", name, address(request));
        }
    }

    private void writeBlock(ActionRequest request, Block block, String name) {
        if (!blockLines.tryTake(request.epochNanos)) {
            blocksUnsaid++;
        } else if (firewall.isDryRun()) {
            log.info("attackalert: Host {} would be blocked now, but no firewall is in use", address(request));
        } else {
            toHistory(format.blockedHistoryLine(request, name));
            log.info("attackalert: Host {} has been blocked via dropped route using command: \"{}\"",
                    address(request), firewall.describe(block));
        }
    }

    private void toHistory(Optional<String> line) {
        if (line.isPresent() && history.isPresent()) {
            history.get().add(line.get());
        }
    }

    /** In a storm, once a minute: how many hosts were blocked without a line. */
    void sayUnsaid(long epochNanos) {
        long waitedNanos = epochNanos - countSaidNanos;
        if (waitedNanos >= MINUTE_NANOS || waitedNanos < 0) {
            sayUnsaid();
            countSaidNanos = epochNanos;
        }
    }

    private void sayUnsaid() {
        if (blocksUnsaid > 0) {
            log.info("attackalert: {} more hosts have been blocked, without a line each", blocksUnsaid);
            blocksUnsaid = 0;
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

    private static String address(ActionRequest request) {
        return AddressText.format(request.family, request.sourceHi, request.sourceLo);
    }
}
