package org.edgesentry.netty.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.edgesentry.core.config.ConfigParser;
import org.edgesentry.core.config.Modes;
import org.edgesentry.core.net.Cidr;
import org.edgesentry.core.net.CidrParser;
import org.edgesentry.core.net.IpProtocol;
import org.edgesentry.core.probe.ProbeEvent;
import org.edgesentry.netty.capture.CaptureMethod;
import org.edgesentry.netty.capture.InterfaceSelection;
import org.edgesentry.netty.host.EphemeralRange;
import org.edgesentry.netty.host.HostView;
import org.edgesentry.netty.host.Interfaces;
import org.edgesentry.netty.host.LocalAddresses;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who is logged in is not blocked, alone or with the prefix around him. */
class PipelineRulesTest {

    private static final String USER_V4 = "198.51.100.7";
    private static final String USER_V6 = "2001:db8:1:2::7";

    @ParameterizedTest
    @ValueSource(strings = {"BLOCK_METHOD=\"nftables\"", "KILL_ROUTE=\"/bin/true $TARGET$\""})
    void blockPolicy_userLoggedIn_isSparedAndHisNeighboursAreNot(String method) throws StartFailure {
        for (boolean checksLocal : new boolean[] {true, false}) {
            PipelineRules rules = rules(method, checksLocal, USER_V4, USER_V6);
            assertThat(isSpared(rules, USER_V4)).isTrue();
            assertThat(isSpared(rules, USER_V6)).isTrue();
            assertThat(isSpared(rules, "198.51.100.8")).isFalse();
            assertThat(isSpared(rules, "2001:db8:1:2::8")).isFalse();
        }
    }

    @Test
    void blockPolicy_userLoggedOut_isSparedNoLonger() throws StartFailure {
        assertThat(isSpared(rules("BLOCK_TIME=\"1h\"", true), USER_V4)).isFalse();
        assertThat(isSpared(rules("BLOCK_TIME=\"1h\"", true), USER_V6)).isFalse();
    }

    @Test
    void blockPolicy_neverBlockAutoIsOff_sparesNobody() throws StartFailure {
        PipelineRules rules = rules("NEVER_BLOCK_AUTO=\"0\"", true, USER_V4, USER_V6);
        assertThat(isSpared(rules, USER_V4)).isFalse();
        assertThat(isSpared(rules, USER_V6)).isFalse();
    }

    @Test
    void hostKey_prefixOfAUser_isTakenAddressByAddress() throws StartFailure {
        PipelineRules rules = rules("BLOCK_TIME=\"1h\"", true, USER_V4, USER_V6);
        assertThat(prefixLength(rules, "2001:db8:1:2::8")).isEqualTo(128);
        assertThat(prefixLength(rules, "2001:db8:1:3::8")).isEqualTo(64);
        assertThat(prefixLength(rules("BLOCK_TIME=\"1h\"", true), "2001:db8:1:2::8")).isEqualTo(64);
    }

    private static boolean isSpared(PipelineRules rules, String source) {
        Cidr address = CidrParser.parse(source);
        ProbeEvent event = new ProbeEvent();
        event.protocol = IpProtocol.TCP;
        event.family = address.family();
        event.sourceHi = address.hi();
        event.sourceLo = address.lo();
        event.blockPrefixLength = prefixLength(rules, source);
        return rules.hosts().blocking().forbids(event, true);
    }

    private static int prefixLength(PipelineRules rules, String source) {
        Cidr address = CidrParser.parse(source);
        return rules.hosts().key().prefixLength(address.family(), address.hi(), address.lo());
    }

    private static PipelineRules rules(String line, boolean checksLocal, String... users) throws StartFailure {
        String content = "TCP_PORTS=\"11\"\nBLOCK_TCP=\"1\"\n" + line + "\n";
        Watch watch = Watch.of(ConfigParser.parse("test.conf", content.getBytes(StandardCharsets.UTF_8)).settings()
                .orElseThrow(), List.of(), Modes.STEALTH);
        HostView view = new HostView(new LocalAddresses(List.of(CidrParser.parse("192.0.2.1")), List.of()), List.of(),
                List.of(), Stream.of(users).map(CidrParser::parse).toList(), new Interfaces(List.of()));
        return PipelineRules.of(watch, new HostFacts(view, EphemeralRange.LINUX_DEFAULT),
                new RunOptions(Modes.STEALTH, CaptureMethod.RING, InterfaceSelection.ALL_NLO, checksLocal, true,
                        false));
    }
}
