package org.edgesentry.actions.firewall;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Arrays;
import org.edgesentry.actions.kernel.NamespaceAgent;
import org.edgesentry.actions.kernel.NetworkLab;
import org.edgesentry.actions.kernel.Tools;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every backend on the real kernel: who is blocked reaches nothing, all others reach everything. */
@Timeout(120)
class FirewallBackendsIT {

    private static final int PORT = 8080;
    private static final String BAD4 = NetworkLab.SOURCES4.get(0);
    private static final String GOOD4 = NetworkLab.SOURCES4.get(1);
    private static final String BAD6 = NetworkLab.SOURCES6.get(0);
    private static final String GOOD6 = NetworkLab.SOURCES6.get(1);
    private static final String OTHER_PREFIX6 = NetworkLab.SOURCES6.get(2);

    private NetworkLab lab;
    private NamespaceAgent.Remote host;
    private NamespaceAgent.Remote outside;

    @BeforeAll
    static void tools() {
        Tools.require("nft", "nftables");
        Tools.require("iptables", "iptables");
        Tools.require("ipset", "ipset");
    }

    @BeforeEach
    void start() {
        lab = new NetworkLab();
        host = lab.onHost();
        outside = lab.outside();
        assertThat(host.ask("serve " + PORT)).isEqualTo("ok");
    }

    @AfterEach
    void stop() {
        lab.close();
    }

    private void open(String backend) {
        done(host, "make " + backend);
        done(host, "open");
    }

    private static void done(NamespaceAgent.Remote agent, String command) {
        assertThat(agent.ask(command)).as(command).startsWith("ok");
    }

    /** A neighbour that was cut off may take a moment to be found again. */
    private void awaitReach(String source) {
        await(source + " reaches the service").atMost(Duration.ofSeconds(10)).until(() -> reaches(source));
    }

    private boolean reaches(String source) {
        return outside.reaches(source, source.indexOf(':') < 0 ? NetworkLab.HOST4 : NetworkLab.HOST6, PORT);
    }

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
    void block_tenThousandInOneBatch_allAreInTheKernel(String backend) {
        open(backend);

        done(host, "blockmany 10000 3600");

        assertThat(count(backend)).isEqualTo(10_000);
        awaitReach(GOOD4);
        done(host, "blockmany 10000 7200");
        assertThat(count(backend)).isEqualTo(10_000);
        done(host, "unblockmany 10000");
        assertThat(count(backend)).isZero();
    }

    /** A share of the time that as many single blocks would take: how long that is depends on the machine. */
    @Test
    void block_tenThousandInOneBatch_takeNoLongerThanTwoThousandSingly() {
        open("libnftables");
        done(host, "blockmany 100 3600");
        long singly = micros("blocksingly 1000 3600");
        long together = micros("blockmany 10000 3600");

        System.out.println("1,000 blocks singly " + singly / 1_000 + " ms, 10,000 at once " + together / 1_000 + " ms");
        assertThat(together).isLessThan(singly * 2);
    }

    @Test
    void block_twoHundredThousand_areHeldListedAndThereForTheNextRun() {
        open("libnftables");
        done(host, "blockmany 200000 86400");
        assertThat(host.ask("held")).isEqualTo("held 200000");
        done(host, "close");

        NamespaceAgent.Remote nextRun = lab.onHost();
        done(nextRun, "make libnftables");
        done(nextRun, "open");
        assertThat(nextRun.ask("held")).isEqualTo("held 200000");
        done(nextRun, "blockmany 200000 3600");
        assertThat(nextRun.ask("held")).isEqualTo("held 200000");
        awaitReach(GOOD4);
    }

    private long micros(String command) {
        String answer = host.ask(command);
        assertThat(answer).as(command).matches("ok \\d+ us");
        return Long.parseLong(answer.split(" ")[1]);
    }

    private long count(String backend) {
        String listing = switch (backend) {
            case "libnftables", "nft" -> lab.runOnHost("nft", "list", "set", "inet", "edge_sentry", "blocked4");
            case "ipset" -> lab.runOnHost("ipset", "list", "edge_sentry4");
            case "iptables" -> lab.runOnHost("iptables", "-t", "raw", "-S", "EDGE_SENTRY");
            default -> lab.runOnHost("ip", "route", "show", "type", "blackhole");
        };
        return listing.lines().flatMap(line -> Arrays.stream(line.split(",")))
                .filter(line -> line.contains("198.18.") || line.contains("198.19.")).count();
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
