package org.edgesentry.netty.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import org.edgesentry.core.net.Cidr;
import org.junit.jupiter.api.Test;

/** Who is not blocked, and what the administrator is told about it. */
class ProtectionTest extends RulesFixture {

    private Protection protection(String... lines) throws StartFailure {
        return Protection.of(watch(lines), host, options());
    }

    @Test
    void spared_usualSettings_isEverybodyThisHostDependsOnWithTheReason() throws StartFailure {
        Protection protection = protection();

        assertThat(protection.spared()).extracting(spared -> spared.network() + " is " + spared.reason())
                .contains("224.0.0.0/4 is no address of a single host", "ff00::/8 is no address of a single host")
                .filteredOn(text -> !text.endsWith("no address of a single host"))
                .containsExactly("192.0.2.1 is an address of this host", "2001:db8:1:2::1 is an address of this host",
                        "192.0.2.254 is a default gateway of this host", "192.0.2.53 is a name server of this host",
                        "198.51.100.7 is where a user is logged in from",
                        "2001:db8:3:4::7 is where a user is logged in from", "203.0.113.0/24 is on the ignore list");
        assertThat(protection.neverBlocked()).extracting(Cidr::toString).contains("192.0.2.254", "224.0.0.0/4")
                .doesNotContain("203.0.113.0/24");
    }

    @Test
    void spared_neverBlockAutoIsOff_isTheIgnoreListAndPrefixesStillReachNobody() throws StartFailure {
        Protection protection = protection("NEVER_BLOCK_AUTO=\"0\"");

        assertThat(protection.spared()).extracting(spared -> spared.network().toString())
                .containsExactly("203.0.113.0/24");
        assertThat(protection.neverBlocked()).isEmpty();
        assertThat(protection.besideUs()).containsAll(networks("192.0.2.1", "2001:db8:1:2::1", "2001:db8:3:4::7",
                "203.0.113.0/24"));
    }

    @Test
    void spared_withoutLocalCheck_isTheHostItselfUnlessOnlyACommandAnswers() throws StartFailure {
        checksLocal = false;
        assertThat(protection().neverBlocked()).containsAll(networks("192.0.2.1"));

        assertThat(protection("KILL_ROUTE=\"/bin/true $TARGET$\"").neverBlocked())
                .doesNotContainAnyElementsOf(networks("192.0.2.1")).containsAll(networks("198.51.100.7"));
        assertThat(protection("BLOCK_TCP=\"0\"", "BLOCK_UDP=\"0\"").neverBlocked())
                .doesNotContainAnyElementsOf(networks("192.0.2.1"));
    }
}
