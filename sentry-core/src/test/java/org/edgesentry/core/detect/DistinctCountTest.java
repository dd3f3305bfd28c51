package org.edgesentry.core.detect;

import static org.assertj.core.api.Assertions.assertThat;

import org.assertj.core.data.Percentage;
import org.edgesentry.core.hash.SipHash;
import org.edgesentry.core.limits.Limits;
import org.edgesentry.core.net.AddressFamily;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DistinctCountTest {

    private final DistinctCount count = new DistinctCount(new SipHash(1, 2));

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 31, 32, 33, 1_000, 40_000, Limits.EXACT_DISTINCT})
    void count_upToTheBound_isExact(int distinct) {
        add(distinct);
        add(distinct);

        assertThat(count.count()).isEqualTo(distinct);
    }

    @ParameterizedTest
    @ValueSource(ints = {Limits.EXACT_DISTINCT + 1, 100_000, 1_000_000})
    void count_beyondTheBound_isNearTheTruth(int distinct) {
        add(distinct);
        add(distinct);

        assertThat(count.count()).isCloseTo(distinct, Percentage.withPercentage(3));
    }

    @Test
    void count_ofBothFamilies_tellsThemApart() {
        count.add(AddressFamily.IPV4, 0, 7);
        count.add(AddressFamily.IPV6, 0, 7);
        count.add(AddressFamily.IPV6, 7, 0);

        assertThat(count.count()).isEqualTo(3);
    }

    private void add(int distinct) {
        for (int i = 0; i < distinct; i++) {
            count.add(AddressFamily.IPV4, 0, i);
        }
    }
}
