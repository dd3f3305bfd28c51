package org.edgesentry.core.limits;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TokenBucketTest {

    private static final long SECOND = 1_000_000_000L;

    @Test
    void tryTake_burstThenRate() {
        TokenBucket bucket = new TokenBucket(3, 60);

        assertThat(taken(bucket, 10, 0)).isEqualTo(3);
        assertThat(taken(bucket, 10, SECOND)).isEqualTo(1);
        assertThat(taken(bucket, 10, 100 * SECOND)).isEqualTo(3);
    }

    @Test
    void tryTake_clockStepsBack_earnsNothingByTheStepAndGoesOn() {
        TokenBucket bucket = new TokenBucket(1, 60);

        assertThat(taken(bucket, 1, 50 * SECOND)).isEqualTo(1);
        assertThat(taken(bucket, 1, 10 * SECOND)).isZero();
        assertThat(taken(bucket, 1, 11 * SECOND)).isEqualTo(1);
    }

    private static int taken(TokenBucket bucket, int tries, long epochNanos) {
        int taken = 0;
        for (int i = 0; i < tries; i++) {
            taken += bucket.tryTake(epochNanos) ? 1 : 0;
        }
        return taken;
    }
}
