package org.edgesentry.core.classify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.edgesentry.core.probe.Probes.NOON;

import org.edgesentry.core.net.IpProtocol;
import org.edgesentry.core.net.TcpFlags;
import org.edgesentry.core.probe.ProbeEvent;
import org.edgesentry.core.probe.ProbeSource;
import org.edgesentry.core.probe.Probes;
import org.edgesentry.core.probe.ScanType;
import org.edgesentry.core.probe.Verdict;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClassifyHandlerTest {

    private static final String SCANNER = "198.51.100.7";
    private static final int TRAP = Watched.TRAP;
    private static final int EPHEMERAL_TRAP = Watched.EPHEMERAL_TRAP;
    private static final int SERVICE = 443;

    private final ClassifyHandler handler = new ClassifyHandler(Watched::net, OwnSockets.NONE, new UsedPorts());

    @ParameterizedTest
    @CsvSource({
        "0x02, TCP_SYN, PROBE",
        "0xC2, TCP_SYN, PROBE",
        "0x00, TCP_NULL, PROBE",
        "0x01, TCP_FIN, PROBE",
        "0x29, TCP_XMAS, PROBE",
        "0x11, TCP_MAIMON, PROBE",
        "0x10, TCP_ACK, PROBE",
        "0x03, TCP_UNKNOWN, PROBE",
        "0x28, TCP_UNKNOWN, PROBE",
        "0x12, TCP_UNKNOWN, BACKSCATTER",
        "0x04, TCP_UNKNOWN, BACKSCATTER",
        "0x14, TCP_UNKNOWN, BACKSCATTER"})
    void tcp_toATrap_isNamedByItsFlags(String flags, ScanType type, Verdict verdict) {
        ProbeEvent event = judge(Probes.tcp(SCANNER, TRAP, Integer.decode(flags), NOON));

        assertThat(event.scanType).isEqualTo(type);
        assertThat(event.verdict).isEqualTo(verdict);
    }

    @Test
    void tcp_toAServicePort_isUnwatched() {
        assertThat(judge(Probes.syn(SCANNER, SERVICE, NOON)).verdict).isEqualTo(Verdict.UNWATCHED);
    }

    @Test
    void tcp_toAnAddressThatIsNotOurs_isUnwatched() {
        ProbeEvent event = Probes.syn(SCANNER, TRAP, NOON);
        event.destinationLo++;

        assertThat(judge(event).verdict).isEqualTo(Verdict.UNWATCHED);
    }

    @Test
    void ephemeralTrap_onlyWhatCannotBeAnAnswerCounts() {
        for (int flags : new int[] {TcpFlags.SYN, TcpFlags.FIN, 0, TcpFlags.FIN | TcpFlags.PSH | TcpFlags.URG}) {
            assertThat(judge(Probes.tcp(SCANNER, EPHEMERAL_TRAP, flags, NOON)).verdict).isEqualTo(Verdict.PROBE);
        }
        for (int flags : new int[] {TcpFlags.ACK, TcpFlags.ACK | TcpFlags.FIN, TcpFlags.ACK | TcpFlags.PSH}) {
            assertThat(judge(Probes.tcp(SCANNER, EPHEMERAL_TRAP, flags, NOON)).verdict).isEqualTo(Verdict.ANSWER);
        }
        assertThat(judge(Probes.packet(SCANNER, IpProtocol.UDP, EPHEMERAL_TRAP, NOON)).verdict)
                .isEqualTo(Verdict.PROBE);
    }

    @Test
    void udp_toATrap_isAProbe() {
        ProbeEvent event = judge(Probes.packet("2001:db8:9::1", IpProtocol.UDP, TRAP, NOON));

        assertThat(event.verdict).isEqualTo(Verdict.PROBE);
        assertThat(event.scanType).isEqualTo(ScanType.UDP);
    }

    @ParameterizedTest
    @CsvSource({"1, SCTP_INIT, PROBE", "10, SCTP_COOKIE_ECHO, PROBE", "6, NONE, BACKSCATTER", "3, NONE, UNWATCHED"})
    void sctp_isNamedByItsFirstChunk(int chunk, ScanType type, Verdict verdict) {
        ProbeEvent event = Probes.packet(SCANNER, IpProtocol.SCTP, TRAP, NOON);
        event.messageType = chunk;

        assertThat(judge(event).verdict).isEqualTo(verdict);
        assertThat(event.scanType).isEqualTo(type);
    }

    @Test
    void fragmentEvasion_countsOnTrapsAndWhereThePortIsHidden() {
        for (int port : new int[] {TRAP, 0}) {
            ProbeEvent event = Probes.tcp(SCANNER, port, 0, NOON);
            event.fragmentEvasion = true;
            assertThat(judge(event).verdict).isEqualTo(Verdict.PROBE);
            assertThat(event.scanType).isEqualTo(ScanType.FRAGMENT_EVASION);
        }
        ProbeEvent elsewhere = Probes.tcp(SCANNER, SERVICE, 0, NOON);
        elsewhere.fragmentEvasion = true;
        assertThat(judge(elsewhere).verdict).isEqualTo(Verdict.UNWATCHED);
    }

    @Test
    void malformed_staysMalformed() {
        ProbeEvent event = Probes.syn(SCANNER, TRAP, NOON);
        event.verdict = Verdict.MALFORMED;

        assertThat(judge(event).verdict).isEqualTo(Verdict.MALFORMED);
    }

    @Test
    void trapConnection_isAProbeWhateverItsAddress() {
        ProbeEvent event = Probes.packet(SCANNER, IpProtocol.TCP, SERVICE, NOON);
        event.seenBy = ProbeSource.TRAP;

        assertThat(judge(event).verdict).isEqualTo(Verdict.PROBE);
        assertThat(event.scanType).isEqualTo(ScanType.CONNECT);
    }

    @Test
    void trapDatagram_toAllOfTheNetwork_isNoProbe() {
        ProbeEvent broadcast = Probes.packet(SCANNER, IpProtocol.UDP, TRAP, NOON);
        broadcast.seenBy = ProbeSource.TRAP;
        broadcast.destinationLo |= 0xFF;
        assertThat(judge(broadcast).verdict).isEqualTo(Verdict.UNWATCHED);

        ProbeEvent unknown = Probes.packet(SCANNER, IpProtocol.UDP, TRAP, NOON);
        unknown.seenBy = ProbeSource.TRAP;
        unknown.destinationHi = 0;
        unknown.destinationLo = 0;
        assertThat(judge(unknown).verdict).isEqualTo(Verdict.PROBE);
    }

    private ProbeEvent judge(ProbeEvent event) {
        handler.handle(event);
        return event;
    }
}
