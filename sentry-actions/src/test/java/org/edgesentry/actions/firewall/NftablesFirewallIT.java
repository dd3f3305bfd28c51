package org.edgesentry.actions.firewall;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.edgesentry.actions.kernel.NamespaceAgent;
import org.edgesentry.actions.kernel.NetworkLab;
import org.edgesentry.actions.kernel.Tools;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the contract says of the table {@code inet edge_sentry}. */
@Timeout(60)
class NftablesFirewallIT {

    private NetworkLab lab;
    private NamespaceAgent.Remote host;

    @BeforeEach
    void start() {
        Tools.require("nft", "nftables");
        lab = new NetworkLab();
        host = lab.onHost();
    }

    @AfterEach
    void stop() {
        lab.close();
    }

    private void open(String backend) {
        assertThat(host.ask("make " + backend)).startsWith("ok");
        assertThat(host.ask("open")).startsWith("ok");
    }

    private String set(String name) {
        return lab.runOnHost("nft", "list", "set", "inet", "edge_sentry", name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"libnftables", "nft"})
    void block_addressesAndPrefix_areInTheSetsWithTheirTimeouts(String backend) {
        open(backend);

        assertThat(host.ask("block 3600 192.0.2.7 2001:db8:5::/64 2001:db8:6::9")).startsWith("ok");
        assertThat(host.ask("block 0 192.0.2.8")).startsWith("ok");

        assertThat(set("blocked4")).contains("192.0.2.7 timeout 1h expires 59m", "192.0.2.8")
                .doesNotContain("192.0.2.8 timeout");
        assertThat(set("blocked6")).contains("2001:db8:5:: timeout 1h expires 59m",
                "2001:db8:6::9 timeout 1h expires 59m");
    }

    @ParameterizedTest
    @ValueSource(strings = {"libnftables", "nft"})
    void block_again_hasTheNewTime(String backend) {
        open(backend);
        host.ask("block 3600 192.0.2.7 2001:db8:5::/64");

        host.ask("block 7200 192.0.2.7");
        assertThat(set("blocked4")).contains("192.0.2.7 timeout 2h expires 1h59m");

        host.ask("block 60 192.0.2.7 2001:db8:5::/64");
        assertThat(set("blocked4")).contains("192.0.2.7 timeout 1m expires 59s");
        assertThat(set("blocked6")).contains("2001:db8:5:: timeout 1m expires 59s");

        host.ask("block 0 192.0.2.7");
        assertThat(set("blocked4")).contains("192.0.2.7").doesNotContain("timeout 1m");
    }

    @ParameterizedTest
    @ValueSource(strings = {"libnftables", "nft"})
    void block_oneElementOfABatchIsRefused_theOthersAreBlocked(String backend) {
        open(backend);

        String answer = host.ask("block 60 192.0.2.7 2001:db8:: 192.0.2.9");

        assertThat(answer).isEqualTo("failed nftables: a block of 2001:db8:: alone would block all of its /64 "
                + "(BLOCK_IPV6_PREFIX) partial");
        assertThat(set("blocked4")).contains("192.0.2.7", "192.0.2.9");
    }

    @ParameterizedTest
    @ValueSource(strings = {"libnftables", "nft"})
    void block_beyondTheSizeOfTheSet_failsWithTheKernelsWords(String backend) {
        open(backend + " 20000");

        assertThat(host.ask("blockmany 25000 3600")).startsWith("failed").contains("Too many open files in system");
        assertThat(set("blocked4").lines().flatMap(line -> Arrays.stream(line.split(",")))
                .filter(element -> element.contains("expires")).count()).as("the set is full").isEqualTo(20_000);
    }

    @ParameterizedTest
    @ValueSource(strings = {"libnftables", "nft"})
    void unblock_setIsFull_itsPlaceIsForTheNextBlock(String backend) {
        open(backend + " 2");
        host.ask("block 3600 192.0.2.7 192.0.2.8");

        assertThat(host.ask("unblock 192.0.2.7")).startsWith("ok");
        assertThat(host.ask("unblock 192.0.2.10 2001:db8:5::/64")).as("not blocked").startsWith("ok");
        assertThat(host.ask("block 60 192.0.2.9")).startsWith("ok");

        assertThat(set("blocked4")).contains("192.0.2.8 timeout 1h", "192.0.2.9 timeout 1m")
                .doesNotContain("192.0.2.7 ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"libnftables", "nft"})
    void block_tableWasTakenAway_isMadeAnewAndHoldsTheBlock(String backend) {
        open(backend);
        lab.runOnHost("nft", "delete", "table", "inet", "edge_sentry");

        assertThat(host.ask("block 3600 192.0.2.7 2001:db8:5::/64")).startsWith("ok");

        assertThat(set("blocked4")).contains("192.0.2.7 timeout 1h");
        assertThat(set("blocked6")).contains("2001:db8:5:: timeout 1h");
    }

    @ParameterizedTest
    @ValueSource(strings = {"libnftables", "nft"})
    void block_addressesAndNetworksTogether_areInTheirSets(String backend) {
        open(backend);

        assertThat(host.ask("block 3600 192.0.2.7 198.51.100.0/24 2001:db8:5::/48 2001:db8:6::9")).startsWith("ok");

        assertThat(set("blocked4")).contains("192.0.2.7 timeout 1h").doesNotContain("198.51.100");
        assertThat(set("nets4")).contains("198.51.100.0/24 timeout 1h");
        assertThat(set("blocked6")).contains("2001:db8:6::9 timeout 1h");
        assertThat(set("nets6")).contains("2001:db8:5::/48 timeout 1h");
    }

    /** Beside the real firewall, on another thread, and even where nothing is there any more. */
    @ParameterizedTest
    @ValueSource(strings = {"libnftables", "nft"})
    void understudy_blocks_nothingChangesAndNothingFails(String backend) {
        open(backend);
        host.ask("block 3600 192.0.2.7");
        String before = lab.runOnHost("nft", "list", "tables") + set("blocked6");

        assertThat(host.ask("rehearse 60 192.0.2.7 192.0.2.8 2001:db8:5::/64")).startsWith("ok");

        assertThat(lab.runOnHost("nft", "list", "tables") + set("blocked6")).isEqualTo(before);
        assertThat(set("blocked4")).contains("192.0.2.7 timeout 1h").doesNotContain("192.0.2.8");
        lab.runOnHost("nft", "delete", "table", "inet", "edge_sentry");
        assertThat(host.ask("rehearse 60 192.0.2.8")).startsWith("ok");
        assertThat(lab.runOnHost("nft", "list", "tables")).doesNotContain("edge_sentry");
    }

    @ParameterizedTest
    @ValueSource(strings = {"libnftables", "nft"})
    void wholeLife_otherTables_areNotTouched(String backend) {
        lab.runOnHost("nft", "add table inet other; add set inet other blocked4 { type ipv4_addr; flags timeout; }; "
                + "add element inet other blocked4 { 192.0.2.99 }; "
                + "add chain inet other prerouting { type filter hook prerouting priority -310; policy accept; }; "
                + "add rule inet other prerouting ip saddr 192.0.2.99 drop");
        String before = lab.runOnHost("nft", "-a", "list", "ruleset");

        open(backend);
        host.ask("block 60 192.0.2.7 192.0.2.99 2001:db8:5::/64");
        host.ask("blockmany 100 60");
        host.ask("unblock 192.0.2.99 192.0.2.7");
        host.ask("open");
        host.ask("close");

        lab.runOnHost("nft", "delete", "table", "inet", "edge_sentry");
        assertThat(lab.runOnHost("nft", "-a", "list", "ruleset")).isEqualTo(before);
    }

    @Test
    void select_auto_takesNftablesInProcess() {
        assertThat(host.ask("select AUTO")).isEqualTo(
                "nftables in process | false | scanners are blocked by nftables in process (BLOCK_METHOD auto)");
        assertThat(lab.runOnHost("nft", "list", "tables")).contains("table inet edge_sentry");
    }

    @Test
    void select_withoutCapability_fallsThroughToNoneAndSaysWhy() {
        NamespaceAgent.Remote powerless = lab.onHost("setpriv", "--bounding-set=-net_admin");

        assertThat(powerless.ask("select AUTO")).startsWith("none | true | no firewall can be used")
                .contains("install the Debian package nftables", "CAP_NET_ADMIN", "Operation not permitted");
        assertThat(powerless.ask("select NFTABLES"))
                .startsWith("failed BLOCK_METHOD nftables cannot be used").contains("Operation not permitted");
    }
}
