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
