package org.edgesentry.netty.replay;

import static org.assertj.core.api.Assertions.assertThat;

import org.assertj.core.data.Percentage;
import org.edgesentry.core.hash.SipHash;
import org.edgesentry.core.limits.Limits;
import org.edgesentry.core.net.AddressFamily;
import org.junit.jupiter.api.Test;

class DistinctSourcesTest {

    private final DistinctSources sources = new DistinctSources(new SipHash(1, 2));

    private void addTwice(int from, int to) {
        for (int i = from; i < to; i++) {
            sources.add(AddressFamily.IPV4, 0, i);
            sources.add(AddressFamily.IPV4, 0, i);
        }
    }

    @Test
    void count_upToTheBound_isExact() {
        addTwice(0, Limits.EXACT_SOURCES);
        addTwice(0, 1_000);
        assertThat(sources.count()).isEqualTo(Limits.EXACT_SOURCES);
    }

    @Test
    void count_beyondTheBound_isCloseToTheTruth() {
        addTwice(0, 3_000_000);
        addTwice(0, 3_000_000);
        assertThat(sources.count()).isCloseTo(3_000_000L, Percentage.withPercentage(2));
    }

    @Test
    void count_sameNumberInBothFamilies_isTwoSources() {
        sources.add(AddressFamily.IPV4, 0, 7);
        sources.add(AddressFamily.IPV6, 0, 7);
        assertThat(sources.count()).isEqualTo(2);
    }
}
