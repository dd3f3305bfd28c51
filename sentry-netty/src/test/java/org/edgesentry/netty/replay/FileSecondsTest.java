package org.edgesentry.netty.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class FileSecondsTest {

    private static final long SECOND = 1_000_000_000;

    private static long ticks(long... nanos) {
        FileSeconds seconds = new FileSeconds();
        return LongStream.of(nanos).filter(seconds::passes).count();
    }

    @Test
    void passes_withinASecond_isNoTick() {
        assertThat(ticks(5 * SECOND, 5 * SECOND + 1, 6 * SECOND - 1)).isZero();
    }

    @Test
    void passes_eachLaterSecond_isATick() {
        assertThat(ticks(SECOND, 2 * SECOND, 3 * SECOND, 3 * SECOND)).isEqualTo(2);
    }

    @Test
    void passes_jumpOfDays_isOneTick() {
        assertThat(ticks(SECOND, 900_000 * SECOND)).isEqualTo(1);
    }

    @Test
    void passes_stepBack_isNoTickAndTimeGoesOnFromThere() {
        assertThat(ticks(900_000 * SECOND, SECOND)).isZero();
        assertThat(ticks(900_000 * SECOND, SECOND, 2 * SECOND)).isEqualTo(1);
    }
}
