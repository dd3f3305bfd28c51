package org.edgesentry.core.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.BitSet;
import org.junit.jupiter.api.Test;

class PortSetTest {

    @Test
    void contains_edgesOfTheRange_areRight() {
        PortSet ports = of(0, 63, 64, 65_535);

        assertThat(ports.contains(0)).isTrue();
        assertThat(ports.contains(63)).isTrue();
        assertThat(ports.contains(64)).isTrue();
        assertThat(ports.contains(65)).isFalse();
        assertThat(ports.contains(65_535)).isTrue();
        assertThat(ports.size()).isEqualTo(4);
    }

    @Test
    void toString_neighbours_areARange() {
        assertThat(of(1, 7, 8, 9, 80)).hasToString("1,7-9,80");
        assertThat(PortSet.EMPTY).hasToString("");
    }

    @Test
    void without_takesTheOthersOut() {
        assertThat(of(1, 2, 3).without(of(2, 4))).isEqualTo(of(1, 3));
    }

    @Test
    void of_portAboveTheRange_isRefused() {
        assertThatThrownBy(() -> of(65_536)).isInstanceOf(IllegalArgumentException.class);
    }

    private static PortSet of(int... ports) {
        BitSet bits = new BitSet();
        for (int port : ports) {
            bits.set(port);
        }
        return PortSet.of(bits);
    }
}
