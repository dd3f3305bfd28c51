package org.edgesentry.netty.replay;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FingerprintSetTest {

    private static final int MOST = 100_000;

    private final FingerprintSet set = new FingerprintSet(MOST);

    @Test
    void add_newOrKnown_isTold() {
        for (long fingerprint = 0; fingerprint < MOST; fingerprint++) {
            assertThat(set.add(fingerprint)).isTrue();
            assertThat(set.add(fingerprint)).isFalse();
        }
        assertThat(set.size()).isEqualTo(MOST);
        assertThat(set.contains(0)).isTrue();
        assertThat(set.contains(MOST)).isFalse();
    }

    @Test
    void add_full_takesNoMoreAndKnowsWhatItHas() {
        for (long fingerprint = 0; fingerprint < MOST; fingerprint++) {
            set.add(fingerprint);
        }
        assertThat(set.add(MOST)).isFalse();
        assertThat(set.contains(MOST)).isFalse();
        assertThat(set.contains(MOST - 1)).isTrue();
    }
}
