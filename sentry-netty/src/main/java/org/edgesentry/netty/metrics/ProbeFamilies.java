package org.edgesentry.netty.metrics;

import java.util.List;
import org.edgesentry.core.metrics.ProbeCounters;
import org.edgesentry.core.probe.ProbeSource;
import org.edgesentry.core.probe.Verdict;
import org.edgesentry.netty.metrics.Families.Series;

/** What is told about probes, on their way from the kernel to the dispatch handler. Thread: one. */
final class ProbeFamilies {

    /** A replay is no daemon, and a message of the daemon to itself is no probe. */
    private static final List<ProbeSource> SOURCES = List.of(ProbeSource.CAPTURE, ProbeSource.TRAP);
    private static final String[] STAGED = {"classify", "ignore", "host_state", "dispatch"};
    private static final String[] FUSED = {"fused"};

    private final MetricsReadings readings;

    ProbeFamilies(MetricsReadings readings) {
        this.readings = readings;
    }

    void tell(Families families) {
        ProbeCounters probes = readings.probes();
        families.counters("probes_total", "Packets and connections that were judged, each in one series.", this::judged)
                .counters("probes_lost_total", "Probes that were never judged, for want of room.", this::lost)
                .counters("messages_lost_total", "Messages of the daemon to itself that found a ring full: reports and "
                                + "requests to the actions; ticks, outcomes and commands to the probe handlers.",
                        series -> series.of(probes.actionsLost(), "ring", "action")
                                .of(probes.messagesLost(), "ring", "probe"))
                .counters("handler_failures_total", "Events in which a handler failed, which should not happen.",
                        series -> series.of(readings.actions().failures(), "ring", "action")
                                .of(readings.pipeline().failures(), "ring", "probe"))
                .counter("socket_lookups_left_out_total", "Packets judged by the last list of own services alone, "
                        + "since there were too many to ask for.", readings.lookupsLeftOut().getAsLong())
                .gauges("ring_slots", "Events that a ring has room for.",
                        series -> series.of(readings.actions().slots(), "ring", "action")
                                .of(readings.pipeline().slots(), "ring", "probe"))
                .gauges("handler_lag_events", "Events in the ring that a handler has not dealt with yet.", this::lags)
                .histogram("probe_to_verdict_seconds", "From the kernel's time stamp of a probe of a trap to its "
                        + "verdict, all queues included.", readings.times().toVerdict().snapshot());
    }

    private void judged(Series series) {
        for (ProbeSource source : SOURCES) {
            for (Verdict verdict : Verdict.values()) {
                long count = readings.probes().probes(source, verdict);
                if (verdict != Verdict.UNJUDGED || count > 0) {
                    series.of(count, "source", source.label(), "verdict", verdict.label());
                }
            }
        }
    }

    private void lost(Series series) {
        series.of(readings.droppedByKernel().getAsLong(), "source", ProbeSource.CAPTURE.label(), "reason", "kernel");
        for (ProbeSource source : SOURCES) {
            series.of(readings.probes().lost(source), "source", source.label(), "reason", "ring_full");
        }
    }

    private void lags(Series series) {
        long[] lags = readings.pipeline().lags();
        String[] names = lags.length == FUSED.length ? FUSED : STAGED;
        for (int i = 0; i < lags.length; i++) {
            series.of(lags[i], "handler", names[i], "ring", "probe");
        }
        series.of(readings.actions().lag(), "handler", "actions", "ring", "action");
    }
}
