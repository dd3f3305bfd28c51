package org.edgesentry.actions.firewall;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.BitSet;
import java.util.List;
import java.util.Map;
import org.edgesentry.core.net.AddressFamily;
import org.edgesentry.core.net.IpProtocol;
import org.edgesentry.core.net.PortSet;
import org.junit.jupiter.api.Test;

class SteerRulesetTest {

    private static final SteerTarget LISTENER = new SteerTarget(IpProtocol.TCP, AddressFamily.IPV4, 4321);

    @Test
    void install_ofTcpPortsOnly_hasNoRuleForUdpPorts() {
        String text = new SteerRuleset(Map.of(IpProtocol.TCP, ports(1, 100), IpProtocol.UDP, PortSet.EMPTY),
                List.of(LISTENER)).install();

        assertThat(text).contains("steer tcp dport { 1-100 } goto steer_to", "tproxy ip to 127.0.0.1:4321 accept")
                .doesNotContain("steer udp dport", "udp sport {");
    }

    @Test
    void install_ofBothProtocols_isWrittenOut() {
        String text = new SteerRuleset(Map.of(IpProtocol.TCP, ports(1, 100), IpProtocol.UDP, ports(69, 69)),
                List.of(LISTENER, new SteerTarget(IpProtocol.UDP, AddressFamily.IPV6, 4322))).install();
        String flags = "tcp flags & (fin | syn | rst | psh | ack)";

        assertThat(text.lines().filter(line -> line.startsWith("add rule"))
                .map(line -> line.replace("add rule inet edge_sentry ", ""))).containsExactly(
                "steer iifname \"lo\" return",
                "steer " + flags + " != syn " + flags + " != ack return",
                "steer tcp dport { 1-100 } goto steer_to",
                "steer udp dport { 69 } goto steer_to",
                "steer_to socket transparent 0 return",
                "steer_to fib daddr type != local return",
                "steer_to ip saddr . udp sport . udp dport @asked4 return",
                "steer_to ip6 saddr . udp sport . udp dport @asked6 return",
                "steer_to udp dport @asked_all return",
                "steer_to meta nfproto ipv4 meta l4proto tcp tproxy ip to 127.0.0.1:4321 accept",
                "steer_to meta nfproto ipv6 meta l4proto udp tproxy ip6 to [::1]:4322 accept",
                "steer_asked oifname \"lo\" return",
                "steer_asked meta mark " + Steering.MARK + " return",
                "steer_asked udp sport { 69 } fib daddr type { broadcast, multicast } update @asked_all { udp sport }",
                "steer_asked udp sport { 69 } update @asked4 { ip daddr . udp dport . udp sport }",
                "steer_asked udp sport { 69 } update @asked6 { ip6 daddr . udp dport . udp sport }");
        assertThat(text).contains("add chain inet edge_sentry steer { type filter hook prerouting priority -50; policy "
                + "accept; }", "add set inet edge_sentry asked4 { type ipv4_addr . inet_service . inet_service; flags "
                + "dynamic, timeout; timeout 300s; size 262144; }");
    }

    @Test
    void everyCommand_staysInOurTable() {
        String text = new SteerRuleset(Map.of(IpProtocol.TCP, ports(1, 65_535), IpProtocol.UDP, ports(1, 65_535)),
                List.of(LISTENER)).install() + SteerRuleset.remove() + SteerRuleset.list();

        assertThat(text.lines()).allMatch(line -> line.matches("(add|flush|delete|list) \\w+ inet edge_sentry.*"));
    }

    @Test
    void ownChains_leavesOutWhatIsNotSteering() {
        String listing = """
                table inet edge_sentry {
                \tset blocked4 {
                \t\ttype ipv4_addr
                \t}

                \tchain steer {
                \t\tiifname "lo" return
                \t}

                \tchain prerouting {
                \t\tip saddr @blocked4 drop
                \t}
                }""";

        assertThat(SteerRuleset.ownChains(listing)).isEqualTo("\tchain steer {\n\t\tiifname \"lo\" return\n\t}");
        assertThat(SteerRuleset.hasBlocks(listing)).isTrue();
    }

    private static PortSet ports(int first, int last) {
        BitSet bits = new BitSet();
        bits.set(first, last + 1);
        return PortSet.of(bits);
    }
}
