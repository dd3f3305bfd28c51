package org.edgesentry.netty.capture.filter;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.BitSet;
import java.util.List;
import org.edgesentry.core.net.PortSet;
import org.edgesentry.netty.capture.filter.PortIntervals.Interval;
import org.junit.jupiter.api.Test;

class PortIntervalsTest {

    @Test
    void of_neighbours_makeOneInterval() {
        assertThat(PortIntervals.of(ports(1, 2, 3, 7, 65_535)).intervals())
                .containsExactly(new Interval(1, 3), new Interval(7, 7), new Interval(65_535, 65_535));
    }

    @Test
    void of_nothing_isEmpty() {
        assertThat(PortIntervals.of(PortSet.EMPTY).isEmpty()).isTrue();
    }

    @Test
    void mergedTo_tooMany_fillsTheNarrowestGaps() {
        PortIntervals intervals = PortIntervals.of(ports(1, 10, 12, 100, 103));
        assertThat(intervals.mergedTo(3).intervals())
                .containsExactly(new Interval(1, 1), new Interval(10, 12), new Interval(100, 103));
        assertThat(intervals.mergedTo(1).intervals()).containsExactly(new Interval(1, 103));
    }

    @Test
    void mergedTo_fewEnough_changesNothing() {
        PortIntervals intervals = PortIntervals.of(ports(1, 10));
        assertThat(intervals.mergedTo(2)).isEqualTo(new PortIntervals(List.of(new Interval(1, 1),
                new Interval(10, 10))));
    }

    private static PortSet ports(int... ports) {
        BitSet bits = new BitSet();
        for (int port : ports) {
            bits.set(port);
        }
        return PortSet.of(bits);
    }
}
