package org.edgesentry.netty.replay.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import org.edgesentry.core.detect.ScanReason;
import org.edgesentry.core.limits.Limits;
import org.edgesentry.core.net.Cidr;
import org.edgesentry.core.net.IpProtocol;
import org.edgesentry.core.probe.DistributedScan;
import org.edgesentry.core.probe.ScanVerdict;
import org.edgesentry.core.probe.Verdict;
import org.edgesentry.netty.terminal.Page;

/**
 * The whole in the end, for a person: who scanned, scans that many sources share, and what became of the rest.
 *
 * <p>Thread: the replay's.
 */
public final class TableReport implements ReplayReport {

    private static final Comparator<ScanVerdict> BY_TIME = Comparator.<ScanVerdict>comparingLong(s -> s.firstNanos)
            .thenComparingInt(s -> s.family).thenComparing((a, b) -> Long.compareUnsigned(a.sourceHi, b.sourceHi))
            .thenComparing((a, b) -> Long.compareUnsigned(a.sourceLo, b.sourceLo));
    private static final int INDENT = 6;

    private final Page page;
    private final Map<Cidr, ScanVerdict> scans = new LinkedHashMap<>();
    private final List<DistributedScan> distributed = new ArrayList<>();

    /** A report that prints on this page. */
    public TableReport(Page page) {
        this.page = page;
    }

    @Override
    public void scan(ScanVerdict scan, boolean first) {
        Cidr source = Cidr.ofAddress(scan.family, scan.sourceHi, scan.sourceLo);
        if (scans.size() < Limits.TABLE_SCANS || scans.containsKey(source)) {
            scans.computeIfAbsent(source, key -> new ScanVerdict()).copyFrom(scan);
        }
    }

    @Override
    public void distributed(DistributedScan scan) {
        if (distributed.size() < Limits.TABLE_SCANS) {
            distributed.add(scan);
        }
    }

    @Override
    public boolean isBroken() {
        return page.isBroken();
    }

    @Override
    public void finish(ReplaySummary summary) {
        if (summary.packets() == 0) {
            page.line("There was no packet to judge.");
            return;
        }
        if (scans.isEmpty() && distributed.isEmpty()) {
            page.line(page.fine("No scan found") + ": nobody went from door to door here.");
            page.blank();
        }
        if (!scans.isEmpty()) {
            printScans(summary);
        }
        if (!distributed.isEmpty()) {
            printDistributed();
        }
        printCounts(summary);
    }

    private void printScans(ReplaySummary summary) {
        List<ScanVerdict> sorted = scans.values().stream().sorted(BY_TIME).toList();
        page.line(page.bold(counted(summary.scans(), "source") + " scanned:"));
        page.blank();
        new ScanTable(page, sorted).print();
        long more = summary.scans() - sorted.size();
        if (more > 0) {
            page.paragraph(0, "... and " + ScanRow.number(more) + " more; --json tells of all.");
        }
        page.blank();
        page.paragraph(0, "Odds: how much likelier these contacts come from a scan than from an honest client.");
        page.blank();
    }

    private void printDistributed() {
        page.line(page.bold(counted(distributed.size(), "scan") + " that many sources shared:"));
        page.blank();
        for (DistributedScan scan : distributed) {
            page.line("  " + page.alarm(title(scan)));
            page.paragraph(INDENT, "first seen " + ScanRow.time(scan.firstNanos()) + " UTC; " + ScanReason.of(scan));
        }
        page.blank();
    }

    private static String title(DistributedScan scan) {
        String what = IpProtocol.name(scan.protocol()) + (scan.port() == 0 ? " ports" : " port " + scan.port());
        String where = ScanWords.hasTarget(scan) ? ScanWords.target(scan) : counted(scan.hosts(), "host");
        return what + " of " + where + " by " + counted(scan.sources(), "source");
    }

    private void printCounts(ReplaySummary summary) {
        page.paragraph(0, counted(summary.packets(), "packet") + " read" + verdicts(summary) + ".");
        long innocent = Math.max(0, summary.sources() - summary.scans());
        page.paragraph(0, counted(summary.sources(), "source") + " sent something to home"
                + (summary.scans() == 0 ? "." : innocent == 0 ? ", all of them scanners."
                : ", " + ScanRow.number(innocent) + " of them without being a scanner."));
        if (summary.trapSources() > 0) {
            page.paragraph(0, counted(summary.trapSources(), "source") + " reached SCAN_TRIGGER on trap ports: on these"
                    + " the daemon acts at once, without waiting for more evidence.");
        }
        if (summary.backscatterSources() > 0) {
            page.paragraph(0, counted(summary.backscatterSources(), "source") + " of backscatter: answers to what home"
                    + " never sent, most likely to floods under forged addresses.");
        }
        if (summary.malformed() > 0) {
            page.paragraph(0, counted(summary.malformed(), "malformed packet") + ", held against nobody.");
        }
    }

    private static String verdicts(ReplaySummary summary) {
        StringJoiner parts = new StringJoiner(", ", ": ", "").setEmptyValue("");
        for (Map.Entry<Verdict, Long> count : summary.verdicts().entrySet()) {
            parts.add(ScanRow.number(count.getValue()) + " " + count.getKey().label());
        }
        addUnlessZero(parts, summary.notIp(), "not IP");
        addUnlessZero(parts, summary.fragments(), "later fragments");
        addUnlessZero(parts, summary.unread(), "of unread link types");
        return parts.toString();
    }

    private static void addUnlessZero(StringJoiner parts, long count, String what) {
        if (count > 0) {
            parts.add(ScanRow.number(count) + " " + what);
        }
    }

    private static String counted(long count, String noun) {
        return ScanRow.number(count) + " " + noun + (count == 1 ? "" : "s");
    }
}
