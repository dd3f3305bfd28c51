package org.edgesentry.actions.firewall;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import org.edgesentry.actions.kernel.NamespaceAgent;
import org.edgesentry.actions.kernel.NetworkLab;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every backend on the real kernel: who is blocked reaches nothing, all others reach everything. */
class FirewallBackendsIT extends FirewallOnHost {

    private static final String BAD4 = NetworkLab.SOURCES4.get(0);
    private static final String GOOD4 = NetworkLab.SOURCES4.get(1);
    private static final String BAD6 = NetworkLab.SOURCES6.get(0);
    private static final String GOOD6 = NetworkLab.SOURCES6.get(1);
    private static final String OTHER_PREFIX6 = NetworkLab.SOURCES6.get(2);

    @ParameterizedTest
    @ValueSource(strings = {"libnftables", "nft", "ipset", "iptables", "route"})
    void block_sourcesOfBothFamilies_onlyTheyAreShutOut(String backend) {
        open(backend);
        awaitReach(BAD4);
        awaitReach(BAD6);

        done(host, "block 600 " + BAD4 + " " + BAD6);

        assertThat(reaches(BAD4)).isFalse();
        assertThat(reaches(BAD6)).isFalse();
        awaitReach(GOOD4);
        awaitReach(GOOD6);
        done(host, "unblock " + BAD4 + " " + BAD6);
        awaitReach(BAD4);
        awaitReach(BAD6);
    }

    @ParameterizedTest
    @ValueSource(strings = {"libnftables", "nft", "ipset", "iptables", "route"})
    void block_ipv6Prefix_wholePrefixIsShutOut(String backend) {
        open(backend);
        assertThat(outside.reaches(OTHER_PREFIX6, "2001:db8:2::1", PORT)).isTrue();

        done(host, "block 600 2001:db8:2::/64");

        assertThat(outside.reaches(OTHER_PREFIX6, "2001:db8:2::1", PORT)).isFalse();
        awaitReach(GOOD6);
    }

    @ParameterizedTest
    @ValueSource(strings = {"libnftables", "nft", "ipset"})
    void block_forTwoSeconds_kernelEndsItItself(String backend) {
        open(backend);
        done(host, "block 2 " + BAD4);
        assertThat(reaches(BAD4)).isFalse();
        done(host, "close");

        await().atMost(Duration.ofSeconds(20)).until(() -> reaches(BAD4));
    }

    @ParameterizedTest
    @ValueSource(strings = {"libnftables", "nft", "ipset", "iptables", "route"})
    void open_blocksOfAFormerRun_stay(String backend) throws Exception {
        open(backend);
        done(host, "block 600 " + BAD4 + " " + BAD6);
        done(host, "open");
        assertThat(reaches(BAD4)).isFalse();

        NamespaceAgent.Remote nextRun = lab.onHost();
        done(host, "close");
        done(nextRun, "make " + backend);
        done(nextRun, "open");
        assertThat(reaches(BAD4)).isFalse();
        assertThat(reaches(BAD6)).isFalse();

        done(nextRun, "block 600 " + BAD4 + " " + BAD6);
        done(nextRun, "unblock " + BAD4 + " " + BAD6);
        awaitReach(BAD4);
        awaitReach(BAD6);
    }

    @ParameterizedTest
    @ValueSource(strings = {"libnftables", "nft", "ipset", "iptables", "route"})
    void unblock_whatIsNotBlocked_isNoError(String backend) {
        open(backend);

        done(host, "unblock 203.0.113.5 2001:db8:9::/64");
    }

    @ParameterizedTest
    @ValueSource(strings = {"libnftables", "nft", "ipset", "iptables"})
    void block_rulesWereTakenAway_areMadeAnew(String backend) {
        open(backend);
        lab.runOnHost("nft", "flush", "ruleset");

        if ("ipset".equals(backend)) {
            // The set has survived, only the rule is gone: nothing fails, so it takes an open to bring it back.
            done(host, "open");
        }
        done(host, "block 600 " + BAD4);

        assertThat(reaches(BAD4)).isFalse();
    }
}
