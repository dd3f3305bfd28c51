package org.edgesentry.netty.capture.filter;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import org.edgesentry.core.net.PortSet;

/**
 * A port set as ascending intervals that neither touch nor overlap.
 *
 * <p>Thread: immutable.
 *
 * @param intervals ascending
 */
public record PortIntervals(List<Interval> intervals) {

    /**
     * Ports from the first to the last, both inside.
     *
     * @param first 0 to 65535
     * @param last not below first
     */
    public record Interval(int first, int last) {
    }

    /** Takes a copy. */
    public PortIntervals {
        intervals = List.copyOf(intervals);
    }

    /** The intervals of a set. */
    public static PortIntervals of(PortSet ports) {
        BitSet bits = ports.toBitSet();
        List<Interval> found = new ArrayList<>();
        for (int first = bits.nextSetBit(0); first >= 0; first = bits.nextSetBit(first)) {
            int end = bits.nextClearBit(first);
            found.add(new Interval(first, end - 1));
            first = end;
        }
        return new PortIntervals(found);
    }

    /** How many there are. */
    public int count() {
        return intervals.size();
    }

    /** Whether no port is inside. */
    public boolean isEmpty() {
        return intervals.isEmpty();
    }

    /** At most so many intervals that hold at least these ports: the narrowest gaps are filled. */
    public PortIntervals mergedTo(int maxCount) {
        if (count() <= maxCount) {
            return this;
        }
        BitSet gapKept = widestGaps(maxCount - 1);
        List<Interval> merged = new ArrayList<>();
        int first = intervals.get(0).first();
        for (int i = 1; i < count(); i++) {
            if (gapKept.get(i)) {
                merged.add(new Interval(first, intervals.get(i - 1).last()));
                first = intervals.get(i).first();
            }
        }
        merged.add(new Interval(first, intervals.get(count() - 1).last()));
        return new PortIntervals(merged);
    }

    /** The widest gaps, each by the index of the interval behind it. */
    private BitSet widestGaps(int wanted) {
        List<Integer> gaps = new ArrayList<>();
        for (int i = 1; i < count(); i++) {
            gaps.add(i);
        }
        gaps.sort(Comparator.comparingInt(this::gapBefore).reversed());
        BitSet widest = new BitSet();
        gaps.subList(0, wanted).forEach(widest::set);
        return widest;
    }

    private int gapBefore(int i) {
        return intervals.get(i).first() - intervals.get(i - 1).last();
    }
}
