package org.edgesentry.core.detect;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.edgesentry.core.net.AddressFamily;
import org.edgesentry.core.net.Cidr;
import org.edgesentry.core.net.CidrParser;
import org.junit.jupiter.api.Test;

class SourceNetworksTest {

    private final Random random = new Random(5);
    private final SourceNetworks networks = new SourceNetworks();

    @Test
    void telling_ofSourcesFromEverywhere_namesNone() {
        addFromEverywhere(5_000);

        assertThat(networks.telling(AddressFamily.IPV4)).isEmpty();
    }

    @Test
    void telling_ofOneSiteAmidMany_namesTheLongestNetwork() {
        addFromEverywhere(500);
        addFrom("198.51.100.0/24", 200);

        assertThat(networks.telling(AddressFamily.IPV4)).containsExactly(CidrParser.parse("198.51.100.0/24"));
    }

    @Test
    void telling_ofAProviderWithSourcesAllOver_namesTheProvider() {
        addFrom("198.51.0.0/16", 300);
        addFrom("203.0.113.0/24", 500);

        assertThat(networks.telling(AddressFamily.IPV4))
                .containsExactly(CidrParser.parse("203.0.113.0/24"), CidrParser.parse("198.51.0.0/16"));
    }

    @Test
    void telling_ofIpv6Sites_namesThem() {
        addFrom("2001:db8:1::/48", 50);
        addFrom("2001:db9::/32", 80);

        assertThat(networks.telling(AddressFamily.IPV6))
                .containsExactly(CidrParser.parse("2001:db9::/32"), CidrParser.parse("2001:db8:1::/48"));
    }

    @Test
    void telling_ofManyNetworks_namesEightAtMost() {
        for (int network = 0; network < 12; network++) {
            addFrom("198.51." + network + ".0/24", 20);
        }

        assertThat(networks.telling(AddressFamily.IPV4)).hasSize(8);
    }

    private void addFromEverywhere(int sources) {
        for (int i = 0; i < sources; i++) {
            networks.add(AddressFamily.IPV4, 0, random.nextInt() & 0xFFFF_FFFFL);
        }
    }

    /** Sources whose addresses differ in every bit behind the prefix. */
    private void addFrom(String prefix, int sources) {
        Cidr network = CidrParser.parse(prefix);
        for (int i = 0; i < sources; i++) {
            if (network.family() == AddressFamily.IPV4) {
                networks.add(4, 0, network.lo() | random.nextInt() & 0xFFFF_FFFFL >>> network.prefixLength());
            } else {
                networks.add(6, network.hi() | random.nextLong() >>> network.prefixLength(), random.nextLong());
            }
        }
    }
}
