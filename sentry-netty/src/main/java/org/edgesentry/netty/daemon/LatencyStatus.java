package org.edgesentry.netty.daemon;

import org.edgesentry.core.metrics.LatencyHistogram;
import org.edgesentry.core.metrics.LatencySnapshot;
import org.edgesentry.netty.control.StatusView;

/** The part of {@code sentry status} that tells how fast it all went, since the start. Thread: any. */
record LatencyStatus(LatencyHistogram toVerdict, LatencyHistogram toBlock) {

    void fill(StatusView.Builder section) {
        section.section("probe_to_verdict", "from a probe to its verdict", times -> fill(times, toVerdict))
                .section("probe_to_block", "from a probe to the firewall's answer", times -> fill(times, toBlock));
    }

    private static void fill(StatusView.Builder section, LatencyHistogram histogram) {
        LatencySnapshot times = histogram.snapshot();
        section.number("count", "measured", times.count());
        if (times.count() > 0) {
            section.duration("median_seconds", "half of them within", times.percentileNanos(50))
                    .duration("p99_seconds", "99 of 100 within", times.percentileNanos(99))
                    .duration("max_seconds", "all within", times.maxNanos());
        }
    }
}
