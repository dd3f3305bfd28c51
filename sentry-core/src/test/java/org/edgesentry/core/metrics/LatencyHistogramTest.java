package org.edgesentry.core.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.concurrent.TimeUnit;
import org.assertj.core.data.Percentage;
import org.edgesentry.core.limits.Limits;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class LatencyHistogramTest {

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private final LatencyHistogram histogram = new LatencyHistogram();

    @Test
    void snapshot_ofAThousandTimes_knowsThemWithinOnePerCent() {
        for (int micros = 1; micros <= 1_000; micros++) {
            histogram.record(TimeUnit.MICROSECONDS.toNanos(micros));
        }
        LatencySnapshot all = histogram.snapshot();
        assertThat(all.count()).isEqualTo(1_000);
        assertThat(all.sumNanos()).isEqualTo(500_500_000);
        assertThat(all.percentileNanos(50)).isCloseTo(500_000, Percentage.withPercentage(1));
        assertThat(all.percentileNanos(99)).isCloseTo(990_000, Percentage.withPercentage(1));
        assertThat(all.maxNanos()).isCloseTo(1_000_000, Percentage.withPercentage(1));
        assertThat(all.countUpTo(250_000)).isCloseTo(250, within(3L));
    }

    @Test
    void snapshot_beforeAnything_isAllZero() {
        LatencySnapshot none = histogram.snapshot();
        assertThat(none.count()).isZero();
        assertThat(none.sumNanos()).isZero();
        assertThat(none.percentileNanos(99)).isZero();
        assertThat(none.maxNanos()).isZero();
    }

    @Test
    void percentile_withSomeThatNeverEnded_countsThemAsLaterThanAll() {
        for (int micros = 1; micros <= 900; micros++) {
            histogram.record(TimeUnit.MICROSECONDS.toNanos(micros));
        }
        LatencySnapshot all = histogram.snapshot();
        assertThat(all.percentileNanos(50, 100).orElseThrow()).isCloseTo(500_000, Percentage.withPercentage(1));
        assertThat(all.percentileNanos(90, 100).orElseThrow()).isCloseTo(900_000, Percentage.withPercentage(1));
        assertThat(all.percentileNanos(91, 100)).isEmpty();
        assertThat(all.percentileNanos(99, 0)).hasValue(all.percentileNanos(99));
        assertThat(new LatencyHistogram().snapshot().percentileNanos(50, 0)).isEmpty();
    }

    @Test
    void timesBeyondTheBounds_countAsTheBounds() {
        histogram.record(-5);
        histogram.record(Long.MAX_VALUE);
        LatencySnapshot all = histogram.snapshot();
        assertThat(all.count()).isEqualTo(2);
        assertThat(all.sumNanos()).isEqualTo(Limits.LONGEST_LATENCY_NANOS);
        assertThat(all.countUpTo(0)).isEqualTo(1);
        assertThat(all.maxNanos()).isCloseTo(Limits.LONGEST_LATENCY_NANOS, Percentage.withPercentage(1));
    }

    @Test
    void readers_whileItIsWritten_loseNothing() throws InterruptedException {
        long[] two = {1_000, 2_000};
        Thread writer = new Thread(() -> {
            for (int i = 0; i < 500_000; i++) {
                histogram.record(two, 2);
            }
        });
        writer.start();
        long before = 0;
        while (writer.isAlive()) {
            LatencySnapshot some = histogram.snapshot();
            assertThat(some.count()).isEven().isGreaterThanOrEqualTo(before);
            assertThat(some.sumNanos()).isEqualTo(some.count() / 2 * 3_000);
            before = some.count();
        }
        writer.join();
        assertThat(histogram.snapshot().count()).isEqualTo(1_000_000);
    }

    @Test
    void record_allocatesNothing() {
        long[] times = {1_000, 50_000_000_000L};
        record(times);
        long before = THREADS.getThreadAllocatedBytes(Thread.currentThread().getId());
        long between = THREADS.getThreadAllocatedBytes(Thread.currentThread().getId());
        record(times);
        long after = THREADS.getThreadAllocatedBytes(Thread.currentThread().getId());
        assertThat(after - between - (between - before)).isZero();
    }

    private void record(long[] times) {
        for (int i = 0; i < 100_000; i++) {
            histogram.record(times, times.length);
        }
    }
}
