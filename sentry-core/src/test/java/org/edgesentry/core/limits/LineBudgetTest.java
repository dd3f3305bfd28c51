package org.edgesentry.core.limits;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class LineBudgetTest {

    private static final int BURST = 2_000;
    private static final int A_MINUTE = 100;
    private static final long NOON = 1_800_000_000_000_000_000L;

    private final LineBudget budget = new LineBudget(BURST, A_MINUTE);

    private int lines(int seconds, int askedEachSecond) {
        int lines = 0;
        for (int second = 0; second <= seconds; second++) {
            for (int i = 0; i < askedEachSecond; i++) {
                lines += budget.tryTakeOfNewcomer(NOON + TimeUnit.SECONDS.toNanos(second)) ? 1 : 0;
            }
        }
        return lines;
    }

    @Test
    void tryTakeOfNewcomer_atOnce_areFew() {
        assertThat(lines(0, 1_000)).isEqualTo(Limits.LINES_AT_ONCE);
    }

    @Test
    void tryTake_ofThoseWhoCameBefore_isTheWholeBurst() {
        lines(0, 1_000);
        for (int i = Limits.LINES_AT_ONCE; i < BURST; i++) {
            assertThat(budget.tryTake(NOON)).isTrue();
        }
        assertThat(budget.tryTake(NOON)).isFalse();
    }

    @Test
    void tryTakeSum_rightAfterAllLines_hasLinesOfItsOwn() {
        lines(0, 1_000);
        for (int i = 0; i < Limits.SUMS_AT_ONCE; i++) {
            assertThat(budget.tryTakeSum(NOON)).isTrue();
        }
        assertThat(budget.tryTakeSum(NOON)).isFalse();
    }

    @Test
    void tryTakeOfNewcomer_inAFloodOfSeconds_areAFewMoreEachSecond() {
        assertThat(lines(5, 1_000)).isEqualTo(Limits.LINES_AT_ONCE + 5 * Limits.LINES_PER_SECOND);
    }

    @Test
    void tryTakeOfNewcomer_ofManyHostsOneAfterTheOther_areAll() {
        assertThat(lines(180, Limits.LINES_PER_SECOND)).isEqualTo(181 * Limits.LINES_PER_SECOND);
    }

    @Test
    void tryTakeOfNewcomer_forHours_areThoseOfTheLongRun() {
        assertThat(lines(36_000, 100)).isBetween(BURST + 600 * A_MINUTE - 10, BURST + 600 * A_MINUTE);
    }
}
