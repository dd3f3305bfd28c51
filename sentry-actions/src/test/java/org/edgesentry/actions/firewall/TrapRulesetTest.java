package org.edgesentry.actions.firewall;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.edgesentry.core.net.Cidr;
import org.edgesentry.core.net.CidrParser;
import org.edgesentry.core.net.PortSet;
import org.junit.jupiter.api.Test;

class TrapRulesetTest {

    private static final Pattern LIMIT = Pattern.compile("limit rate (\\d+)/second burst (\\d+) packets goto shut_out");

    private PortSet udp = PortSet.range(69, 69);
    private List<Cidr> spared = List.of();
    private List<String> interfaces = List.of();
    private long blockSeconds = 3_600;
    private int blocksPerSecond = 500;
    private int ipv6Prefix = 64;
    private boolean blocks = true;

    private String text() {
        TrapRules rules = new TrapRules(PortSet.range(1, 100), udp, spared, networks("2001:db8:1:2::/64"), interfaces,
                blockSeconds, blocksPerSecond);
        return new TrapRuleset(rules, ipv6Prefix, blocks).install();
    }

    private static List<Cidr> networks(String... texts) {
        return Stream.of(texts).map(CidrParser::parse).toList();
    }

    private List<String> rulesOf(String chain) {
        String start = "add rule inet edge_sentry " + chain + " ";
        return text().lines().filter(line -> line.startsWith(start)).map(line -> line.substring(start.length()))
                .toList();
    }

    @Test
    void install_aTrapProbe_isLeftToSocketsOthersAndTheSparedBeforeItIsDropped() {
        assertThat(rulesOf("traps")).containsExactly(
                "iifname != \"lo\" tcp flags & (ack | rst) == 0 tcp dport @trap_tcp goto trapped",
                "iifname != \"lo\" udp dport @trap_udp goto trapped");
        assertThat(rulesOf("trapped")).containsExactly(
                "socket transparent 0 return",
                "socket transparent 1 return",
                "fib daddr type != local return",
                "fib saddr type != unicast return",
                "ip saddr @spared4 return",
                "ip6 saddr @spared6 return",
                "ip saddr . udp sport . udp dport @trap_asked4 return",
                "ip6 saddr . udp sport . udp dport @trap_asked6 return",
                "udp dport @trap_asked_all return",
                "udp sport . udp dport { 67 . 68, 547 . 546 } return",
                "limit rate 450/second burst 50 packets goto shut_out",
                "drop");
        assertThat(rulesOf("shut_out")).containsExactly(
                "meta nfproto ipv4 add @blocked4 { ip saddr timeout 3600s } add @fresh4 { ip saddr } drop",
                "ip6 saddr @shared6 ip6 saddr & ::ffff:ffff:ffff:ffff == :: drop",
                "ip6 saddr @shared6 add @blocked6 { ip6 saddr timeout 3600s } add @fresh6 { ip6 saddr } drop",
                "ip6 saddr @shared6 drop",
                "meta nfproto ipv6 add @blocked6 { ip6 saddr & ffff:ffff:ffff:ffff:: timeout 3600s } "
                        + "add @fresh6 { ip6 saddr & ffff:ffff:ffff:ffff:: } drop",
                "drop");
    }

    @Test
    void install_networksThatOverlap_areTheWidestOfEachFamily() {
        spared = networks("192.0.2.7", "2001:db8::7", "192.0.2.0/24", "2001:db8::/32", "192.0.2.0/25");

        assertThat(text()).contains("spared4 {\n192.0.2.0/24 }\n", "spared6 {\n2001:db8::/32 }\n")
                .contains("trap_tcp {\n1-100 }\n");
    }

    @Test
    void install_noRoomOrNoShareOfTheRate_dropsAndBlocksNobody() {
        blocks = false;
        assertThat(rulesOf("trapped")).noneMatch(rule -> rule.contains("shut_out")).last().isEqualTo("drop");

        blocks = true;
        blocksPerSecond = 0;
        assertThat(rulesOf("trapped")).noneMatch(rule -> rule.contains("shut_out")).last().isEqualTo("drop");
    }

    @Test
    void install_anyRate_isNotExceededInAnySecond() {
        for (blocksPerSecond = 2; blocksPerSecond <= 1_000; blocksPerSecond++) {
            Matcher limit = LIMIT.matcher(text());
            assertThat(limit.find()).isTrue();
            assertThat(Integer.parseInt(limit.group(1)) + Integer.parseInt(limit.group(2)))
                    .isEqualTo(blocksPerSecond);
        }
    }

    @Test
    void install_withoutEnd_hasNoTimeout() {
        blockSeconds = 0;
        assertThat(rulesOf("shut_out")).noneMatch(rule -> rule.contains("timeout"));
    }

    @Test
    void install_addressByAddress_needsNoMask() {
        ipv6Prefix = 128;
        assertThat(rulesOf("shut_out")).noneMatch(rule -> rule.contains("&"))
                .contains("meta nfproto ipv6 add @blocked6 { ip6 saddr timeout 3600s } add @fresh6 { ip6 saddr } drop");
    }

    @Test
    void install_namedInterfaces_countAlone() {
        interfaces = List.of("eth0", "wg0");
        assertThat(rulesOf("traps")).allMatch(rule -> rule.startsWith("iifname { \"eth0\", \"wg0\" } "));
    }

    @Test
    void install_noUdpTraps_remembersNobodyWhoWasAsked() {
        udp = PortSet.EMPTY;
        assertThat(rulesOf("trap_asked")).isEmpty();
        assertThat(text()).contains("flush set inet edge_sentry trap_udp\n").doesNotContain("trap_udp {\n");
    }

    @Test
    void remove_takesAwayAllThatIsMade() {
        for (String name : TrapRuleset.names()) {
            assertThat(text()).containsPattern("add (set|chain) inet edge_sentry " + name + "\\b");
            assertThat(TrapRuleset.remove()).containsPattern("delete (set|chain) inet edge_sentry " + name + "\n");
        }
        assertThat(TrapRuleset.remove()).doesNotContain("blocked", "nets");
        assertThat(TrapRuleset.isIn("table inet edge_sentry {\n\tchain traps {\n")).isTrue();
        assertThat(TrapRuleset.isIn("table inet edge_sentry {\n\tchain trapped {\n")).isFalse();
    }
}
