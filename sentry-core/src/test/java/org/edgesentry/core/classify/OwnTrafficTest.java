package org.edgesentry.core.classify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.edgesentry.core.probe.Probes.NOON;
import static org.edgesentry.core.probe.Probes.SECOND;

import org.edgesentry.core.limits.Limits;
import org.edgesentry.core.net.Cidr;
import org.edgesentry.core.net.CidrParser;
import org.edgesentry.core.net.IpProtocol;
import org.edgesentry.core.net.TcpFlags;
import org.edgesentry.core.probe.ProbeEvent;
import org.edgesentry.core.probe.Probes;
import org.edgesentry.core.probe.Verdict;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What belongs to this host's own services and questions is no probe, and what looks like it is one. */
class OwnTrafficTest {

    private static final String CLIENT = "198.51.100.7";
    private static final int TRAP = Watched.TRAP;

    private boolean open;
    private final UsedPorts used = new UsedPorts();
    private final ClassifyHandler handler = new ClassifyHandler(Watched::net, event -> open, used);

    @ParameterizedTest
    @ValueSource(ints = {TcpFlags.SYN, TcpFlags.ACK, TcpFlags.FIN | TcpFlags.ACK})
    void tcp_toAnOpenPort_isUnwatched(int flags) {
        open = true;
        assertThat(judge(Probes.tcp(CLIENT, TRAP, flags, NOON))).isEqualTo(Verdict.UNWATCHED);
        open = false;
        assertThat(judge(Probes.syn(CLIENT, TRAP, NOON))).isEqualTo(Verdict.PROBE);
    }

    @ParameterizedTest
    @ValueSource(ints = {TcpFlags.FIN, 0, TcpFlags.SYN | TcpFlags.FIN, TcpFlags.SYN | 0x8C0})
    void tcp_thatNoHonestProgramSends_toAnOpenPort_isAContact(int flags) {
        open = true;
        assertThat(judge(Probes.tcp(CLIENT, TRAP, flags, NOON))).isEqualTo(Verdict.CONTACT);
    }

    @Test
    void udp_toAnOpenPort_isUnwatched() {
        open = true;
        assertThat(judge(Probes.packet(CLIENT, IpProtocol.UDP, TRAP, NOON))).isEqualTo(Verdict.UNWATCHED);
    }

    @Test
    void fragmentEvasion_toAnOpenPort_isUnwatched() {
        open = true;
        ProbeEvent event = Probes.tcp(CLIENT, TRAP, 0, NOON);
        event.fragmentEvasion = true;
        assertThat(judge(event)).isEqualTo(Verdict.UNWATCHED);
    }

    @Test
    void tcp_toAHostBehindUs_isAContactWhateverWeHaveOpen() {
        open = true;
        ProbeEvent event = Probes.syn(CLIENT, TRAP, NOON);
        event.destinationLo = CidrParser.parse("198.18.0.9").lo();
        assertThat(judge(event)).isEqualTo(Verdict.CONTACT);
    }

    @Test
    void formerClient_ofAServiceThatStopped_isNoScannerUntilTenMinutesLater() {
        open = true;
        judge(Probes.syn(CLIENT, TRAP, NOON));
        open = false;

        long last = NOON + Limits.USED_PORT_SECONDS * SECOND;
        for (int flags : new int[] {TcpFlags.ACK, TcpFlags.ACK | TcpFlags.FIN, TcpFlags.ACK | TcpFlags.PSH}) {
            assertThat(judge(Probes.tcp(CLIENT, TRAP, flags, last))).isEqualTo(Verdict.ANSWER);
            assertThat(judge(Probes.tcp(CLIENT, TRAP, flags, last + SECOND))).isEqualTo(Verdict.PROBE);
        }
        for (int flags : new int[] {TcpFlags.SYN, TcpFlags.FIN, 0}) {
            assertThat(judge(Probes.tcp(CLIENT, TRAP, flags, NOON + SECOND))).isEqualTo(Verdict.PROBE);
        }
    }

    @Test
    void serviceThatWasListed_isRememberedToo() {
        used.mark(TRAP, NOON);
        assertThat(judge(Probes.tcp(CLIENT, TRAP, TcpFlags.ACK, NOON + SECOND))).isEqualTo(Verdict.ANSWER);
        assertThat(judge(Probes.tcp(CLIENT, Watched.EPHEMERAL_TRAP, TcpFlags.SYN, NOON + SECOND)))
                .isEqualTo(Verdict.PROBE);
    }

    @ParameterizedTest
    @ValueSource(strings = {CLIENT, "2001:db8:9::53"})
    void udpAnswer_whileRemembered_isAnAnswer(String resolver) {
        assertThat(judge(question(resolver, TRAP, 53))).isEqualTo(Verdict.OUTGOING);

        long last = NOON + Limits.ASKED_SECONDS * SECOND;
        assertThat(judge(answer(resolver, 53, TRAP, last))).isEqualTo(Verdict.ANSWER);
        assertThat(judge(answer(resolver, 53, TRAP, last + 1))).isEqualTo(Verdict.PROBE);
    }

    @Test
    void udp_fromSomebodyNotAsked_isAProbe() {
        judge(question(CLIENT, TRAP, 53));

        assertThat(judge(answer("198.51.100.8", 53, TRAP, NOON))).isEqualTo(Verdict.PROBE);
        assertThat(judge(answer(CLIENT, 54, TRAP, NOON))).isEqualTo(Verdict.PROBE);
        assertThat(judge(answer(CLIENT, 53, Watched.EPHEMERAL_TRAP, NOON))).isEqualTo(Verdict.PROBE);
    }

    @ParameterizedTest
    @CsvSource({"239.255.255.250, 198.51.100.8", "255.255.255.255, 198.51.100.8", "192.0.2.255, 192.0.2.77",
        "ff02::fb, fe80::9"})
    void udpQuestionToMany_isAnsweredByAnybodyFromAnyPort(String group, String somebody) {
        judge(question(group, TRAP, 1900));

        assertThat(judge(answer(somebody, 49_152, TRAP, NOON + SECOND))).isEqualTo(Verdict.ANSWER);
        assertThat(judge(answer(somebody, 49_152, Watched.EPHEMERAL_TRAP, NOON + SECOND))).isEqualTo(Verdict.PROBE);
    }

    @Test
    void askedPeers_moreThanFit_theNewestStay() {
        for (int i = 0; i < 10 * Limits.ASKED_PEERS; i++) {
            ProbeEvent event = question(CLIENT, TRAP, 53);
            event.destinationLo = i;
            event.epochNanos += i;
            judge(event);
        }
        int remembered = 0;
        for (int i = 9 * Limits.ASKED_PEERS; i < 10 * Limits.ASKED_PEERS; i++) {
            ProbeEvent event = answer(CLIENT, 53, TRAP, NOON + SECOND);
            event.sourceLo = i;
            remembered += judge(event) == Verdict.ANSWER ? 1 : 0;
        }
        assertThat(remembered).isGreaterThan(Limits.ASKED_PEERS / 2);
    }

    @Test
    void outgoingTcp_isNotJudged() {
        ProbeEvent event = Probes.syn(CLIENT, TRAP, NOON);
        event.outgoing = true;
        assertThat(judge(event)).isEqualTo(Verdict.OUTGOING);
    }

    /** Clients of NFS and rsh bind ports below 1024, which are traps in the advanced modes. */
    @Test
    void tcpConnectionFromATrapPort_whatComesBackIsAnAnswer() {
        ProbeEvent opening = question(CLIENT, TRAP, 2049);
        opening.protocol = IpProtocol.TCP;
        opening.tcpFlags = TcpFlags.SYN;
        assertThat(judge(opening)).isEqualTo(Verdict.OUTGOING);

        for (int flags : new int[] {TcpFlags.ACK, TcpFlags.ACK | TcpFlags.PSH, TcpFlags.ACK | TcpFlags.FIN}) {
            assertThat(judge(Probes.tcp(CLIENT, TRAP, flags, NOON + SECOND))).isEqualTo(Verdict.ANSWER);
        }
        assertThat(judge(Probes.syn(CLIENT, TRAP, NOON + SECOND))).isEqualTo(Verdict.PROBE);
    }

    @Test
    void tcpConnectionThatIsOnlyForwarded_lendsNobodyAPort() {
        ProbeEvent forwarded = question(CLIENT, TRAP, 2049);
        forwarded.protocol = IpProtocol.TCP;
        forwarded.tcpFlags = TcpFlags.SYN;
        forwarded.sourceLo = 7;
        judge(forwarded);

        assertThat(judge(Probes.tcp(CLIENT, TRAP, TcpFlags.ACK, NOON + SECOND))).isEqualTo(Verdict.PROBE);
    }

    private Verdict judge(ProbeEvent event) {
        handler.handle(event);
        return event.verdict;
    }

    private static ProbeEvent answer(String source, int sourcePort, int port, long epochNanos) {
        ProbeEvent event = Probes.packet(source, IpProtocol.UDP, port, epochNanos);
        event.sourcePort = sourcePort;
        return event;
    }

    /** What 192.0.2.1 or 2001:db8::1 sends. */
    private static ProbeEvent question(String peer, int port, int peerPort) {
        ProbeEvent event = Probes.packet(peer, IpProtocol.UDP, peerPort, NOON);
        Cidr to = CidrParser.parse(peer);
        event.outgoing = true;
        event.sourceHi = event.destinationHi;
        event.sourceLo = event.destinationLo;
        event.destinationHi = to.hi();
        event.destinationLo = to.lo();
        event.sourcePort = port;
        return event;
    }
}
