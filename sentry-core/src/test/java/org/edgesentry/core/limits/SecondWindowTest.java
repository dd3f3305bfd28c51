package org.edgesentry.core.limits;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SecondWindowTest {

    private static final long SECOND = 1_000_000_000L;
    private static final long START = 1_795_342_530L * SECOND;

    private static int pass(SecondWindow window, int tries, long epochNanos) {
        int passed = 0;
        for (int i = 0; i < tries; i++) {
            passed += window.tryPass(epochNanos) ? 1 : 0;
        }
        return passed;
    }

    @Test
    void tryPass_aBurst_endsAtTheLimitAndGoesOnASecondLater() {
        SecondWindow window = new SecondWindow(3);

        assertThat(pass(window, 5, START)).isEqualTo(3);
        assertThat(pass(window, 5, START + SECOND - 1)).isZero();
        assertThat(pass(window, 5, START + SECOND)).isEqualTo(3);
    }

    @Test
    void tryPass_anyArrivals_neverExceedTheLimitInAnySecond() {
        Random random = new Random(7);
        SecondWindow window = new SecondWindow(50);
        List<Long> passed = new ArrayList<>();
        long now = START;
        for (int i = 0; i < 20_000; i++) {
            now += random.nextInt(100) == 0 ? SECOND / 3 : random.nextInt(5_000_000);
            if (window.tryPass(now)) {
                passed.add(now);
            }
        }
        for (int i = 50; i < passed.size(); i++) {
            assertThat(passed.get(i) - passed.get(i - 50)).isGreaterThanOrEqualTo(SECOND);
        }
        assertThat(passed).hasSizeGreaterThan(1_000);
    }

    @Test
    void tryPass_clockStepsBack_earnsNothingAndIsNotStuck() {
        SecondWindow window = new SecondWindow(3);
        pass(window, 3, START);

        assertThat(pass(window, 3, START - 3_600 * SECOND)).isZero();
        assertThat(pass(window, 5, START - 3_599 * SECOND)).isEqualTo(3);
    }

    @Test
    void tryPass_eventsOutOfOrder_countAsOneMoment() {
        SecondWindow window = new SecondWindow(3);

        assertThat(pass(window, 2, START)).isEqualTo(2);
        assertThat(pass(window, 2, START - 1_000)).isOne();
        assertThat(pass(window, 2, START + SECOND - 1)).isZero();
    }
}
