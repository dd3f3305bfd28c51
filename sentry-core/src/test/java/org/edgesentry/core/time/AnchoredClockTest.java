package org.edgesentry.core.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class AnchoredClockTest {

    private long wall = 1_000_000;
    private long steady = -500;

    private final AnchoredClock clock = new AnchoredClock(() -> wall, () -> steady);

    @Test
    void epochNanos_betweenAnchors_followsTheSteadyClock() {
        steady += 40;
        wall += 7_000;
        assertThat(clock.epochNanos()).isEqualTo(1_000_040);
    }

    @Test
    void anchor_afterTheClockWasSet_takesItUp() {
        wall -= 300_000;
        clock.anchor();
        assertThat(clock.epochNanos()).isEqualTo(700_000);
    }

    @Test
    void anchor_whereOneReadingIsSlow_goesByTheQuickest() {
        long[] steadyReadings = {0, 1_000_000, 1_000_000, 1_000_010, 1_000_010, 2_000_000, 2_000_000};
        int[] next = {0};
        AnchoredClock slow = new AnchoredClock(() -> 5_000_000, () -> steadyReadings[next[0]++]);
        assertThat(slow.epochNanos()).isEqualTo(2_000_000 + 5_000_000 - 1_000_005);
    }

    @Test
    void machine_isNotAhead() {
        assertThat(new AnchoredClock().epochNanos() - new SystemWallClock().epochNanos())
                .isBetween(-TimeUnit.SECONDS.toNanos(10), TimeUnit.MILLISECONDS.toNanos(10));
    }
}
