package org.edgesentry.core.detect;

import static org.assertj.core.api.Assertions.assertThat;

import org.edgesentry.core.hash.SipHash;
import org.junit.jupiter.api.Test;

class FairSampleTest {

    private static final int PER_SECOND = 1_000;
    private static final long SECOND_NANOS = 1_000_000_000L;
    private static final SipHash HASH = new SipHash(1, 2);

    private final FairSample sample = new FairSample(PER_SECOND);
    private long nowNanos = 1_795_342_530L * SECOND_NANOS;

    /** Contacts of new sources, evenly over a second; how many of them were taken. */
    private int second(int contacts, int firstSource) {
        int taken = 0;
        for (int i = 0; i < contacts; i++) {
            taken += sample.takes(HASH.hash(0, firstSource + i), nowNanos + i * SECOND_NANOS / contacts) ? 1 : 0;
        }
        nowNanos += SECOND_NANOS;
        return taken;
    }

    @Test
    void takes_noMoreContactsThanWanted_all() {
        for (int i = 0; i < 5; i++) {
            assertThat(second(PER_SECOND, i * PER_SECOND)).isEqualTo(PER_SECOND);
        }
    }

    @Test
    void takes_aHundredTimesTheContacts_aboutAsManyAsWanted() {
        second(100 * PER_SECOND, 0);
        for (int i = 1; i < 4; i++) {
            assertThat(second(100 * PER_SECOND, i * 100 * PER_SECOND)).isBetween(PER_SECOND / 2, PER_SECOND);
        }
    }

    @Test
    void takes_theSecondAFloodBegins_fewTimesAsManyAsWanted() {
        assertThat(second(100 * PER_SECOND, 0)).isLessThan(6 * PER_SECOND);
    }

    @Test
    void takes_aSourceOfManyInAFlood_allItsContactsOrNone() {
        second(50 * PER_SECOND, 0);
        for (int source = 0; source < 100; source++) {
            long hash = HASH.hash(1, source);
            boolean taken = sample.takes(hash, nowNanos);
            for (int i = 0; i < 9; i++) {
                assertThat(sample.takes(hash, nowNanos)).isEqualTo(taken);
                assertThat(sample.holds(hash)).isEqualTo(taken);
            }
        }
    }

    @Test
    void takes_afterAFlood_allAgain() {
        second(100 * PER_SECOND, 0);
        nowNanos += SECOND_NANOS;
        assertThat(second(PER_SECOND, 0)).isEqualTo(PER_SECOND);
    }

    @Test
    void takes_withAClockSetBack_goesOn() {
        second(100 * PER_SECOND, 0);
        nowNanos -= 3_600 * SECOND_NANOS;
        assertThat(second(PER_SECOND, 0)).isEqualTo(PER_SECOND);
    }
}
