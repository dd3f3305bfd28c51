package org.edgesentry.actions.firewall;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.edgesentry.core.net.Cidr;
import org.edgesentry.core.net.CidrParser;
import org.junit.jupiter.api.Test;

class NftRulesetTest {

    private final NftRuleset ruleset = new NftRuleset(64, 1000);

    private static Cidr target(String text) {
        return CidrParser.parse(text);
    }

    @Test
    void open_ruleset_isOneTransactionOverOurTableOnly() {
        assertThat(ruleset.open()).isEqualTo("""
                add table inet edge_sentry
                add set inet edge_sentry blocked4 { type ipv4_addr; flags dynamic, timeout; size 1000; }
                add set inet edge_sentry blocked6 { type ipv6_addr; flags dynamic, timeout; size 1000; }
                add set inet edge_sentry nets4 { type ipv4_addr; flags interval, timeout; }
                add set inet edge_sentry nets6 { type ipv6_addr; flags interval, timeout; }
                add chain inet edge_sentry prerouting { type filter hook prerouting priority -310; policy accept; }
                flush chain inet edge_sentry prerouting
                add rule inet edge_sentry prerouting ip saddr @blocked4 drop
                add rule inet edge_sentry prerouting ip6 saddr & ffff:ffff:ffff:ffff:: @blocked6 drop
                add rule inet edge_sentry prerouting ip6 saddr @blocked6 drop
                add rule inet edge_sentry prerouting ip saddr @nets4 drop
                add rule inet edge_sentry prerouting ip6 saddr @nets6 drop
                """);
    }

    @Test
    void open_prefixIsASingleAddress_hasNoMaskedRule() {
        assertThat(new NftRuleset(128, 1000).open()).doesNotContain("&");
        assertThat(new NftRuleset(56, 1000).open()).contains("ip6 saddr & ffff:ffff:ffff:ff00:: @blocked6 drop");
    }

    @Test
    void block_networksOfBothFamilies_addsDeletesAndAddsAgain() {
        String text = ruleset.block(List.of(Blocks.of(target("192.0.2.0/24"), 3600),
                Blocks.of(target("2001:db8:1::/48"), 60), Blocks.of(target("198.51.100.0/24"), 0)));

        assertThat(text).isEqualTo("""
                add element inet edge_sentry nets4 {
                192.0.2.0/24 timeout 3600s,
                198.51.100.0/24 }
                delete element inet edge_sentry nets4 {
                192.0.2.0/24,
                198.51.100.0/24 }
                add element inet edge_sentry nets4 {
                192.0.2.0/24 timeout 3600s,
                198.51.100.0/24 }
                add element inet edge_sentry nets6 {
                2001:db8:1::/48 timeout 60s }
                delete element inet edge_sentry nets6 {
                2001:db8:1::/48 }
                add element inet edge_sentry nets6 {
                2001:db8:1::/48 timeout 60s }
                """);
    }

    @Test
    void block_newNetwork_isOnlyAdded() {
        assertThat(ruleset.block(List.of(new Block(target("192.0.2.0/24"), 60, Blocks.of(target("192.0.2.0"), 60)
                .macros(), false)))).isEqualTo("add element inet edge_sentry nets4 {\n192.0.2.0/24 timeout 60s }\n");
        assertThat(ruleset.unblock(List.of(target("2001:db8::/48"), target("2001:db8::/65"))))
                .contains("delete element inet edge_sentry nets6 {\n2001:db8::/48,\n2001:db8::/65 }");
    }

    @Test
    void requireExpressible_networkAddressAlone_isRefused() {
        assertThatThrownBy(() -> ruleset.requireExpressible(target("2001:db8::")))
                .isInstanceOf(FirewallException.class).hasMessageContaining("would block all of its /64");
    }

    @Test
    void block_ofEverything_cannotBeAskedFor() {
        assertThatThrownBy(() -> Blocks.of(target("0.0.0.0/0"), 60)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void describe_oneBlock_isTheCommandForIt() {
        assertThat(ruleset.describe(Blocks.of(target("192.0.2.7"), 3600)))
                .isEqualTo("nft add element inet edge_sentry blocked4 { 192.0.2.7 timeout 3600s }");
        assertThat(ruleset.describe(Blocks.of(target("2001:db8::/64"), 0)))
                .isEqualTo("nft add element inet edge_sentry blocked6 { 2001:db8:: }");
    }

    @Test
    void firstError_outputOfNft_isReducedToItsWords() {
        assertThat(NftRunner.firstError("/dev/stdin:1:44-52: Error: Could not process rule: No such file or directory\n"
                + "delete element inet edge_sentry blocked4 { 192.0.2.9 }\n"))
                .isEqualTo("Could not process rule: No such file or directory");
        assertThat(NftRunner.firstError("")).isEqualTo("no reason given");
    }

    /** IGNORE_FILE may hold any address; that of a whole prefix is one which is never blocked alone. */
    @Test
    void unblock_addressThatStandsForItsPrefix_isLeftOut() {
        assertThat(ruleset.unblock(List.of(target("2001:db8::")))).isEmpty();
        assertThat(ruleset.unblock(List.of(target("2001:db8::"), target("192.0.2.7"))))
                .contains("192.0.2.7").doesNotContain("2001:db8::");
    }
}
