package org.edgesentry.core.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class CidrListsTest {

    private static List<String> withoutCovered(String... networks) {
        return CidrLists.withoutCovered(Stream.of(networks).map(CidrParser::parse).toList()).stream()
                .map(Cidr::toString).toList();
    }

    @Test
    void withoutCovered_networksInNetworks_leavesTheWidestInOrder() {
        assertThat(withoutCovered("192.0.2.7", "10.1.2.3", "192.0.2.0/24", "10.0.0.0/8", "192.0.2.0/25", "192.0.2.0/24",
                "10.0.0.0", "198.51.100.7"))
                .containsExactly("10.0.0.0/8", "192.0.2.0/24", "198.51.100.7");
    }

    @Test
    void withoutCovered_neighbours_areLeftApart() {
        assertThat(withoutCovered("192.0.2.128/25", "192.0.2.0/25", "192.0.3.0")).hasSize(3);
    }

    @Test
    void withoutCovered_everything_coversItsOwnFamilyOnly() {
        assertThat(withoutCovered("::/0", "192.0.2.7", "2001:db8::7", "ffff::1"))
                .containsExactly("192.0.2.7", "::/0");
        assertThat(withoutCovered("0.0.0.0/0", "255.255.255.255", "::1")).containsExactly("0.0.0.0/0", "::1");
    }

    @Test
    void withoutCovered_upperHalfOfIpv6_comesAfterTheLower() {
        assertThat(withoutCovered("fe80::/10", "2001:db8::/32", "fe80::1", "2001:db8:0:1:8000::/65"))
                .containsExactly("2001:db8::/32", "fe80::/10");
        assertThat(withoutCovered()).isEmpty();
    }
}
