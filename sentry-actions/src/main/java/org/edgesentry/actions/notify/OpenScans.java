package org.edgesentry.actions.notify;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.edgesentry.actions.ActionLimits;
import org.edgesentry.core.net.Cidr;

/**
 * Tells when a scan is over. The pipeline sums up only what had more probes than lines; a short scan ends without a
 * word of it. So the sources of reported probes are kept here, and one that has been silent for a while has ended. A
 * summing up of the pipeline comes before that, and knows better.
 *
 * <p>At most {@link ActionLimits#OPEN_SCANS}: when one more comes, the one that is silent for longest counts as ended.
 *
 * <p>Thread: action worker only. Time is handed in, nanoseconds since the epoch.
 */
public final class OpenScans {

    /** Longer than the minute after which the pipeline sums up, and some ticks. */
    private static final long QUIET_NANOS = Duration.ofSeconds(90).toNanos();

    private final Map<Cidr, ScanSummary> open = new LinkedHashMap<>();
    private final Consumer<ScanSummary> ended;
    private final Predicate<Cidr> isBlocked;

    /** Ends are told there; whether the source is blocked by then is asked there. */
    public OpenScans(Consumer<ScanSummary> ended, Predicate<Cidr> isBlocked) {
        this.ended = ended;
        this.isBlocked = isBlocked;
    }

    /** A probe that was reported. */
    public void probe(Cidr source, String type, long epochNanos) {
        ScanSummary probe = new ScanSummary(source, epochNanos, epochNanos, 1, type, false);
        ScanSummary earlier = open.remove(source);
        if (open.size() == ActionLimits.OPEN_SCANS) {
            end(open.remove(open.keySet().iterator().next()));
        }
        open.put(source, earlier == null ? probe : earlier.and(probe));
    }

    /** The pipeline says that a scan has ended, and how much it was. */
    public void closed(Cidr source, long firstEpochNanos, long lastEpochNanos, long probes) {
        ScanSummary known = open.remove(source);
        String type = known == null ? "of a kind that is in the log" : known.type();
        end(new ScanSummary(source, firstEpochNanos, lastEpochNanos, probes, type, false));
    }

    /** Once a second: who has been silent for long enough has ended; who seems to come from the future, too. */
    public void tick(long nowNanos) {
        List<ScanSummary> over = new ArrayList<>();
        Iterator<ScanSummary> oldestFirst = open.values().iterator();
        while (oldestFirst.hasNext()) {
            ScanSummary scan = oldestFirst.next();
            if (Pace.leftNanos(scan.lastEpochNanos(), QUIET_NANOS, nowNanos) > 0) {
                break;
            }
            oldestFirst.remove();
            over.add(scan);
        }
        over.forEach(this::end);
    }

    /** At the stop: all have ended. */
    public void endAll() {
        open.values().forEach(this::end);
        open.clear();
    }

    private void end(ScanSummary scan) {
        ended.accept(new ScanSummary(scan.source(), scan.firstEpochNanos(), scan.lastEpochNanos(), scan.probes(),
                scan.type(), isBlocked.test(scan.source())));
    }
}
