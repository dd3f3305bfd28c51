package org.edgesentry.core.detect;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.edgesentry.core.net.IpProtocol;
import org.edgesentry.core.net.TcpFlags;
import org.edgesentry.core.probe.ProbeEvent;
import org.edgesentry.core.probe.ScanKind;
import org.edgesentry.core.probe.ScanType;
import org.edgesentry.core.probe.ScanVerdict;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Scans of all techniques and shapes, each of which must be named, and rightly. */
class ScanTest {

    private static final String HOME = Sensor.HOME;
    private static final String SCANNER = "198.51.100.7";

    private final Sensor sensor = new Sensor();

    private static Stream<Arguments> flags() {
        return Stream.of(Arguments.of(TcpFlags.SYN, ScanType.TCP_SYN), Arguments.of(TcpFlags.FIN, ScanType.TCP_FIN),
                Arguments.of(0, ScanType.TCP_NULL), Arguments.of(TcpFlags.ACK, ScanType.TCP_ACK),
                Arguments.of(TcpFlags.FIN | TcpFlags.PSH | TcpFlags.URG, ScanType.TCP_XMAS),
                Arguments.of(TcpFlags.FIN | TcpFlags.ACK, ScanType.TCP_MAIMON),
                Arguments.of(TcpFlags.SYN | TcpFlags.FIN, ScanType.TCP_UNKNOWN),
                Arguments.of(TcpFlags.URG | TcpFlags.PSH, ScanType.TCP_UNKNOWN));
    }

    @ParameterizedTest
    @MethodSource("flags")
    void vertical_ofEachFlagSet_refused(int flags, ScanType type) {
        for (int port = 1_000; port < 1_020; port++) {
            sensor.tcp(SCANNER, 55_000, HOME, port, flags);
            sensor.tcp(HOME, port, SCANNER, 55_000, TcpFlags.RST | TcpFlags.ACK);
        }
        ScanVerdict scan = onlyScan();
        assertThat(kinds(scan)).containsExactly(ScanKind.VERTICAL);
        assertThat(types(scan)).containsExactly(type);
        assertThat(scan.failed).isEqualTo(20);
        assertThat(scan.sourcePort).isEqualTo(55_000);
    }

    @ParameterizedTest
    @MethodSource("flags")
    void vertical_ofEachFlagSet_dropped(int flags, ScanType type) {
        for (int port = 1; port < 20; port++) {
            sensor.tcp(SCANNER, 55_000, HOME, port, flags);
        }
        assertThat(types(onlyScan())).containsExactly(type);
    }

    @Test
    void halfOpen_ofAHostThatTakesEverything() {
        for (int port = 1; port < 100; port++) {
            sensor.syn(SCANNER, HOME, port);
            sensor.tcp(HOME, port, SCANNER, 40_000, TcpFlags.SYN | TcpFlags.ACK);
            sensor.tcp(SCANNER, 40_000, HOME, port, TcpFlags.RST);
        }
        assertThat(kinds(onlyScan())).contains(ScanKind.VERTICAL);
    }

    @Test
    void udp_lowPorts() {
        for (int port = 1; port < 20; port++) {
            sensor.udp(SCANNER, 50_000, HOME, port);
        }
        assertThat(types(onlyScan())).containsExactly(ScanType.UDP);
    }

    @Test
    void udp_refusedByIcmp_isNamedAtOnce() {
        for (int port = 1; port < 8; port++) {
            ProbeEvent probe = sensor.packet(SCANNER, 50_000, HOME, port, IpProtocol.UDP);
            sensor.take(probe);
            sensor.unreachable(HOME, 3, probe);
        }
        assertThat(sensor.scans).hasSize(1);
    }

    @Test
    void sctp_init() {
        assertThat(types(chunks(1))).containsExactly(ScanType.SCTP_INIT);
    }

    @Test
    void sctp_cookieEcho() {
        assertThat(types(chunks(10))).containsExactly(ScanType.SCTP_COOKIE_ECHO);
    }

    private ScanVerdict chunks(int type) {
        for (int port = 1; port < 20; port++) {
            ProbeEvent chunk = sensor.packet(SCANNER, 50_000, HOME, port, IpProtocol.SCTP);
            chunk.messageType = type;
            sensor.take(chunk);
        }
        return onlyScan();
    }

    @Test
    void ipProtocols() {
        for (int protocol = 70; protocol < 100; protocol++) {
            sensor.take(sensor.packet(SCANNER, 0, HOME, 0, protocol));
        }
        ScanVerdict scan = onlyScan();
        assertThat(kinds(scan)).contains(ScanKind.IP_PROTOCOL);
        assertThat(types(scan)).containsExactly(ScanType.IP_PROTOCOL);
    }

    @ParameterizedTest
    @MethodSource("questions")
    void icmpSweep(String source, String network, int type, ScanType name) {
        for (int host = 1; host < 30; host++) {
            sensor.icmp(source, network + Integer.toHexString(host), type);
        }
        ScanVerdict scan = onlyScan();
        assertThat(kinds(scan)).containsExactly(ScanKind.ICMP_SWEEP);
        assertThat(types(scan)).containsExactly(name);
    }

    private static Stream<Arguments> questions() {
        return Stream.of(Arguments.of("2001:db8:2::7", "2001:db8:1::", 128, ScanType.ICMP_ECHO),
                Arguments.of("2001:db8:2::7", "2001:db8:1::", 139, ScanType.ICMP_INFORMATION));
    }

    @Test
    void icmpSweep_ofIpv4_eachQuestion() {
        for (int host = 1; host < 10; host++) {
            sensor.icmp(SCANNER, "192.0.2." + host, 8);
            sensor.icmp(SCANNER, "192.0.2." + host, 13);
            sensor.icmp(SCANNER, "192.0.2." + host, 17);
        }
        ScanVerdict scan = onlyScan();
        assertThat(kinds(scan)).contains(ScanKind.ICMP_SWEEP);
        assertThat(types(scan)).containsExactly(ScanType.ICMP_ECHO, ScanType.ICMP_TIMESTAMP, ScanType.ICMP_MASK);
    }

    @Test
    void osProbes_asNmapSendsThem() {
        ProbeEvent echo = sensor.packet(SCANNER, 0, HOME, 0, IpProtocol.ICMP);
        echo.messageType = 8;
        echo.messageCode = 9;
        sensor.take(echo);
        sensor.tcp(SCANNER, 50_001, HOME, 80, TcpFlags.SYN | 0x8C0);
        sensor.tcp(SCANNER, 50_002, HOME, 80, 0);
        sensor.tcp(SCANNER, 50_003, HOME, 80, TcpFlags.SYN | TcpFlags.FIN | TcpFlags.PSH | TcpFlags.URG);
        ScanVerdict scan = onlyScan();
        assertThat(kinds(scan)).contains(ScanKind.OS_PROBE);
        assertThat(types(scan)).contains(ScanType.OS_FINGERPRINT, ScanType.TCP_NULL);
        assertThat(scan.oddFlags).isEqualTo(TcpFlags.SYN | TcpFlags.FIN | TcpFlags.PSH | TcpFlags.URG);
    }

    @Test
    void ftpBounce_withoutAnySession() {
        for (int port = 1; port < 20; port++) {
            sensor.tcp(SCANNER, 20, HOME, port, TcpFlags.SYN);
        }
        assertThat(types(onlyScan())).containsExactly(ScanType.FTP_BOUNCE);
    }

    @Test
    void horizontal() {
        for (int host = 1; host < 20; host++) {
            sensor.syn(SCANNER, "192.0.2." + host, 445);
        }
        ScanVerdict scan = onlyScan();
        assertThat(kinds(scan)).containsExactly(ScanKind.HORIZONTAL);
        assertThat(scan.hosts).isEqualTo(19);
        assertThat(scan.ports).isEqualTo(1);
    }

    @Test
    void block_manyPortsOfManyHosts() {
        for (int host = 1; host < 6; host++) {
            for (int port = 20; port < 26; port++) {
                sensor.syn(SCANNER, "192.0.2." + host, port);
            }
        }
        assertThat(kinds(onlyScan())).containsExactly(ScanKind.VERTICAL, ScanKind.HORIZONTAL);
    }

    @Test
    void slow_oneInThirtySecondsOverADay() {
        for (int port = 1; port < 2_880; port++) {
            sensor.syn(SCANNER, HOME, port);
            sensor.pause(30);
        }
        assertThat(kinds(onlyScan())).contains(ScanKind.VERTICAL, ScanKind.SLOW);
    }

    @Test
    void slow_asNmapsParanoidTemplate_isNamedWithinTheHour() {
        for (int port = 1; port < 8; port++) {
            sensor.syn(SCANNER, HOME, port);
            sensor.pause(300);
        }
        assertThat(kinds(onlyScan())).contains(ScanKind.VERTICAL, ScanKind.SLOW);
    }

    @Test
    void traps_countMore() {
        for (int host = 1; host < 5; host++) {
            sensor.syn(SCANNER, "192.0.2." + host, Sensor.TRAP);
        }
        assertThat(kinds(onlyScan())).contains(ScanKind.TRAP, ScanKind.HORIZONTAL);
    }

    @Test
    void afterALongSilence_aSourceIsJudgedAnew() {
        vertical_ofEachFlagSet_refused(TcpFlags.SYN, ScanType.TCP_SYN);
        sensor.scans.clear();
        sensor.pause(100_000);
        vertical_ofEachFlagSet_refused(TcpFlags.SYN, ScanType.TCP_SYN);
    }

    @Test
    void oneContact_withATrapThatNobodyServes_isAProbe() {
        sensor.syn(SCANNER, HOME, Sensor.TRAP);
        sensor.pause(4);
        sensor.udp(SCANNER, 5_000, "239.255.255.250", 1_900);
        assertThat(sensor.trapProbes).isEqualTo(1);
    }

    @Test
    void successesAmongTheFailures_doNotHideAScan() {
        for (int port = 1; port < 200; port++) {
            sensor.syn(SCANNER, HOME, port);
            if (port % 5 == 0) {
                sensor.connection(SCANNER, 30_000 + port, HOME, 443);
            }
            sensor.pause(1);
        }
        assertThat(kinds(onlyScan())).contains(ScanKind.VERTICAL);
        assertThat(onlyScan().served).isPositive();
    }

    @Test
    void scannerInAFloodOfRandomSources_isFound() {
        for (int i = 0; i < 300_000; i++) {
            ProbeEvent syn = sensor.packet(SCANNER, 1_024, HOME, 443, IpProtocol.TCP);
            syn.sourceLo = 0x0B00_0000L + i * 7_919L;
            syn.tcpFlags = TcpFlags.SYN;
            sensor.take(syn);
            if (i % 10_000 == 0) {
                sensor.syn(SCANNER, HOME, 1_000 + i / 10_000);
            }
        }
        assertThat(kinds(onlyScan())).contains(ScanKind.VERTICAL);
    }

    private ScanVerdict onlyScan() {
        sensor.end();
        assertThat(sensor.scans).hasSize(1);
        return sensor.scans.get(0);
    }

    private static List<ScanKind> kinds(ScanVerdict scan) {
        return Arrays.stream(ScanKind.values()).filter(kind -> kind.isIn(scan.kinds)).toList();
    }

    private static List<ScanType> types(ScanVerdict scan) {
        return Arrays.stream(ScanType.values()).filter(type -> (scan.techniques & 1 << type.ordinal()) != 0).toList();
    }
}
