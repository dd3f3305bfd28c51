package org.edgesentry.netty.metrics;

import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.edgesentry.core.metrics.LatencySnapshot;

/** Gathers families of metrics, each under its name behind {@code edge_sentry_}. Thread: one. */
final class Families {

    private static final String PREFIX = "edge_sentry_";
    private static final double NANOS_A_SECOND = TimeUnit.SECONDS.toNanos(1);
    /** Upper bounds in microseconds: a verdict takes some ten, a block some thousand; ten seconds is a standstill. */
    private static final long[] BUCKETS_MICROS = {10, 25, 50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000, 25_000,
        50_000, 100_000, 250_000, 500_000, 1_000_000, 2_500_000, 10_000_000};

    private final MetricSnapshots.Builder all = MetricSnapshots.builder();

    /** Takes the values of one family. */
    interface Series {

        /** A value, with names and values of labels in turn. */
        Series of(double value, String... labels);
    }

    Families counter(String name, String help, double value) {
        return counters(name, help, series -> series.of(value));
    }

    Families counters(String name, String help, Consumer<Series> values) {
        CounterSnapshot.Builder family = CounterSnapshot.builder().name(PREFIX + name).help(help);
        values.accept(new Series() {
            @Override
            public Series of(double value, String... labels) {
                family.dataPoint(CounterDataPointSnapshot.builder().value(value).labels(Labels.of(labels)).build());
                return this;
            }
        });
        all.metricSnapshot(family.build());
        return this;
    }

    Families gauge(String name, String help, double value) {
        return gauges(name, help, series -> series.of(value));
    }

    Families gauges(String name, String help, Consumer<Series> values) {
        GaugeSnapshot.Builder family = GaugeSnapshot.builder().name(PREFIX + name).help(help);
        values.accept(new Series() {
            @Override
            public Series of(double value, String... labels) {
                family.dataPoint(GaugeDataPointSnapshot.builder().value(value).labels(Labels.of(labels)).build());
                return this;
            }
        });
        all.metricSnapshot(family.build());
        return this;
    }

    Families histogram(String name, String help, LatencySnapshot times) {
        ClassicHistogramBuckets.Builder buckets = ClassicHistogramBuckets.builder();
        long below = 0;
        for (long micros : BUCKETS_MICROS) {
            long nanos = TimeUnit.MICROSECONDS.toNanos(micros);
            long upTo = times.countUpTo(nanos);
            buckets.bucket(nanos / NANOS_A_SECOND, upTo - below);
            below = upTo;
        }
        buckets.bucket(Double.POSITIVE_INFINITY, times.count() - below);
        all.metricSnapshot(HistogramSnapshot.builder().name(PREFIX + name).help(help)
                .dataPoint(HistogramDataPointSnapshot.builder().classicHistogramBuckets(buckets.build())
                        .sum(times.sumNanos() / NANOS_A_SECOND).build())
                .build());
        return this;
    }

    MetricSnapshots gathered() {
        return all.build();
    }
}
