package org.edgesentry.actions.respond;

import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import org.edgesentry.actions.ActionLimits;
import org.edgesentry.actions.names.HostNames;
import org.edgesentry.core.action.ActionKind;
import org.edgesentry.core.action.ActionRequest;
import org.edgesentry.core.net.Cidr;

/**
 * Reports on their way to the lines: each waits until the name of its source is known, or has been long enough in
 * coming. They leave in the order in which they came, so a name that is slow to come holds up the reports behind it as
 * well, by {@link ActionLimits#NAME_WAIT} at most. When the queue is full the oldest leaves without a name: nothing is
 * lost. Blocks do not come this way.
 *
 * <p>Thread: action worker only. Time is the requests' own.
 */
final class NamedReports {

    private record Waiting(Report report, long sinceNanos) {

        boolean isOver(long epochNanos) {
            long waitedNanos = epochNanos - sinceNanos;
            return waitedNanos >= ActionLimits.NAME_WAIT.toNanos() || waitedNanos < 0;
        }
    }

    private final HostNames names;
    private final ReportWriter writer;
    private final Queue<Waiting> queue = new ArrayDeque<>();

    NamedReports(HostNames names, ReportWriter writer) {
        this.names = names;
        this.writer = writer;
    }

    void add(Report report, long epochNanos) {
        Optional<String> name = name(report);
        if (queue.isEmpty() && name.isPresent()) {
            writer.write(report, name.get());
            return;
        }
        if (queue.size() >= ActionLimits.REPORTS_WAITING) {
            writeNow(queue.remove().report());
        }
        queue.add(new Waiting(report.kept(), epochNanos));
    }

    /** Writes what has its name, or has waited long enough for it. */
    void writeReady(long epochNanos) {
        while (!queue.isEmpty()) {
            Optional<String> name = name(queue.peek().report());
            if (name.isEmpty() && !queue.peek().isOver(epochNanos)) {
                return;
            }
            Report report = queue.remove().report();
            writer.write(report, name.orElseGet(() -> source(report.request()).toString()));
        }
    }

    /** At the stop: writes everything, with the names that are known. */
    void writeAll() {
        while (!queue.isEmpty()) {
            writeNow(queue.remove().report());
        }
    }

    private void writeNow(Report report) {
        writer.write(report, name(report).orElseGet(() -> source(report.request()).toString()));
    }

    /** The rest of all hosts has no source, nor have many that act as one, and so a name that nobody reads. */
    private Optional<String> name(Report report) {
        ActionRequest request = report.request();
        boolean nameless = request.closingHosts > 0 || request.kind == ActionKind.DISTRIBUTED;
        return nameless ? Optional.of("") : names.find(source(request));
    }

    /** A verdict may come with the packet of another source. */
    private static Cidr source(ActionRequest request) {
        if (request.kind == ActionKind.SCAN) {
            return Cidr.ofAddress(request.scan.family, request.scan.sourceHi, request.scan.sourceLo);
        }
        return Cidr.ofAddress(request.family, request.sourceHi, request.sourceLo);
    }
}
