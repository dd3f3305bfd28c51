package org.edgesentry.netty.capture.ring;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FloodSenseTest {

    private static final long SECOND = 1_000_000_000L;

    private final FloodSense sense = new FloodSense();

    private void send(int packets, long perSecond, long fromNanos) {
        for (int i = 0; i < packets; i++) {
            sense.note(fromNanos + i * SECOND / perSecond);
        }
    }

    @ParameterizedTest
    @CsvSource({"64, 200000, true", "1000, 50000, true", "63, 200000, false", "1000, 10000, false", "1, 1, false"})
    void isFlood_packetsAtARate_knowsIt(int packets, long perSecond, boolean expected) {
        send(packets, perSecond, SECOND);

        assertThat(sense.isFlood()).isEqualTo(expected);
    }

    @Test
    void isFlood_onePacketAfterAFlood_isNone() {
        send(1_000, 200_000, SECOND);
        sense.note(10 * SECOND);

        assertThat(sense.isFlood()).isFalse();
    }

    @Test
    void isFlood_clockStepsBack_isNone() {
        send(1_000, 200_000, 100 * SECOND);
        sense.note(SECOND);

        assertThat(sense.isFlood()).isFalse();
    }
}
