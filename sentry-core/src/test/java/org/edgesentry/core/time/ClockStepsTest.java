package org.edgesentry.core.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ClockStepsTest {

    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    private long wall = 1_795_342_530L * SECOND;
    private long steady = -5;
    private final ClockSteps steps = new ClockSteps(() -> wall, () -> steady);

    private void pass(long nanos) {
        wall += nanos;
        steady += nanos;
    }

    @Test
    void since_timePasses_isNoStep() {
        pass(3_600 * SECOND);
        assertThat(steps.since()).isZero();
    }

    @Test
    void since_clockIsSet_isToldOnceInBothDirections() {
        pass(10 * SECOND);
        wall += 3_600 * SECOND;
        assertThat(steps.since()).isEqualTo(3_600 * SECOND);
        pass(10 * SECOND);
        assertThat(steps.since()).isZero();

        wall -= 86_400 * SECOND;
        assertThat(steps.since()).isEqualTo(-86_400 * SECOND);
        assertThat(steps.since()).isZero();
    }

    @Test
    void since_ntpCorrectsBitByBit_isNoStepHoweverLongItGoesOn() {
        for (int second = 0; second < 7_200; second++) {
            pass(SECOND);
            wall += 500_000;
            assertThat(steps.since()).isZero();
        }
    }
}
