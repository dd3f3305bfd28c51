package org.edgesentry.netty.daemon;

import java.util.function.LongSupplier;
import org.edgesentry.core.metrics.LatencyHistogram;
import org.edgesentry.core.metrics.LatencySnapshot;
import org.edgesentry.netty.control.StatusView;

/**
 * The part of {@code sentry status} that tells how fast it all went, since the start. A probe that was lost has waited
 * in vain and counts as later than all others; where that leaves no time to tell, none is told. Thread: any.
 *
 * @param toVerdict from probes to verdicts
 * @param toBlock from probes to the firewall's answers
 * @param lost probes that never got a verdict
 */
record LatencyStatus(LatencyHistogram toVerdict, LatencyHistogram toBlock, LongSupplier lost) {

    void fill(StatusView.Builder section) {
        section.section("probe_to_verdict", "from a probe to its verdict",
                        times -> fill(times, toVerdict.snapshot(), lost.getAsLong()))
                .section("probe_to_block", "from a probe to the firewall's answer",
                        times -> fill(times, toBlock.snapshot(), 0));
    }

    private static void fill(StatusView.Builder section, LatencySnapshot times, long lost) {
        section.number("count", "measured", times.count());
        if (lost > 0) {
            section.number("lost", "lost, later than all others", lost);
        }
        times.percentileNanos(50, lost)
                .ifPresent(nanos -> section.duration("median_seconds", "half of them within", nanos));
        times.percentileNanos(99, lost)
                .ifPresent(nanos -> section.duration("p99_seconds", "99 of 100 within", nanos));
        if (times.count() > 0) {
            section.duration("max_seconds", "the longest", times.maxNanos());
        }
    }
}
