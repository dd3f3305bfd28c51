package org.edgesentry.core.metrics;

import java.util.OptionalLong;
import org.HdrHistogram.Histogram;

/**
 * Times that were recorded up to one moment. Values are within one per cent. Thread: one. Unit: nanoseconds.
 */
public final class LatencySnapshot {

    private final Histogram counts;
    private final long sumNanos;

    LatencySnapshot(Histogram counts, long sumNanos) {
        this.counts = counts;
        this.sumNanos = sumNanos;
    }

    /** How many times there are. */
    public long count() {
        return counts.getTotalCount();
    }

    /** Their exact sum. */
    public long sumNanos() {
        return sumNanos;
    }

    /** So many per cent took no longer than this; 0 where nothing was recorded. */
    public long percentileNanos(double percent) {
        return count() == 0 ? 0 : counts.getValueAtPercentile(percent);
    }

    /**
     * The same of these and of others that never came to an end, and so took longer than any: those that were lost
     * while nobody could take them. To leave them out would tell the best of the worst moments.
     *
     * @return empty when so many per cent did not come to an end
     */
    public OptionalLong percentileNanos(double percent, long neverEnded) {
        double rank = percent / 100 * (count() + neverEnded);
        return rank > count() || count() == 0 ? OptionalLong.empty()
                : OptionalLong.of(counts.getValueAtPercentile(100 * rank / count()));
    }

    /** The longest; 0 where nothing was recorded. */
    public long maxNanos() {
        return count() == 0 ? 0 : counts.getMaxValue();
    }

    /** How many took so long at most. */
    public long countUpTo(long nanos) {
        return counts.getCountBetweenValues(0, nanos);
    }
}
