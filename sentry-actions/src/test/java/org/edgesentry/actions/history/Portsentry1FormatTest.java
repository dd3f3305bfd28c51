package org.edgesentry.actions.history;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.ZoneOffset;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.edgesentry.actions.Requests;
import org.edgesentry.core.action.ActionRequest;
import org.edgesentry.core.net.IpProtocol;
import org.edgesentry.core.net.TcpFlags;
import org.edgesentry.core.probe.ScanType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class Portsentry1FormatTest {

    private static final Pattern FAIL2BAN_1 = Pattern.compile("\\/([^ ]+) Port\\: [0-9]+ (TCP|UDP) Blocked$");
    private static final Pattern LOGWATCH =
            Pattern.compile("attackalert: (.+) scan from host: [^/]+/(\\S+) to (\\w+) port: (\\d+)");

    private final Portsentry1Format format = new Portsentry1Format(ZoneOffset.UTC);

    private String log(ActionRequest probe) {
        return format.logLine(probe, BlockState.BLOCKED, "scanner.example");
    }

    @Test
    void blockedHistoryLine_isThatOfPortsentry() {
        String line = format.blockedHistoryLine(Requests.block("192.0.2.7"), "scanner.example").orElseThrow();

        assertThat(line).isEqualTo(
                "1795342530 - 11/22/2026 10:15:30 Host: scanner.example/192.0.2.7 Port: 11 TCP Blocked");
        Matcher matcher = FAIL2BAN_1.matcher(line);
        assertThat(matcher.find()).isTrue();
        assertThat(matcher.group(1)).isEqualTo("192.0.2.7");
    }

    @Test
    void historyLine_probeOrEndOfAScan_isNone() {
        assertThat(format.historyLine(Requests.block("192.0.2.7"), BlockState.BLOCKED, "a")).isEmpty();
        assertThat(format.closingHistoryLine(Requests.closing("192.0.2.7", 9, 8), "a")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"TCP_SYN, TCP SYN/Normal scan", "TCP_NULL, TCP NULL scan", "TCP_XMAS, TCP XMAS scan",
        "TCP_FIN, TCP FIN scan", "TCP_MAIMON, TCP Maimon scan", "TCP_ACK, TCP ACK scan"})
    void logLine_scan_isThatOfPortsentryAndFoundByLogwatch(ScanType type, String text) {
        ActionRequest probe = Requests.probe("192.0.2.7");
        probe.scanType = type;

        assertThat(log(probe)).isEqualTo(
                "attackalert: " + text + " from host: scanner.example/192.0.2.7 to TCP port: 11");
        assertThat(LOGWATCH.matcher(log(probe)).find()).isTrue();
    }

    @Test
    void logLine_datagram_isAScanForLogwatch() {
        ActionRequest probe = Requests.probe("2001:db8::7");
        probe.protocol = IpProtocol.UDP;
        probe.scanType = ScanType.UDP;

        assertThat(log(probe))
                .isEqualTo("attackalert: UDP scan from host: scanner.example/2001:db8::7 to UDP port: 11");
        assertThat(LOGWATCH.matcher(log(probe)).find()).isTrue();
    }

    @Test
    void logLine_connection_isThatOfPortsentry() {
        ActionRequest probe = Requests.probe("192.0.2.7");
        probe.scanType = ScanType.CONNECT;

        assertThat(log(probe)).isEqualTo("attackalert: Connect from host: scanner.example/192.0.2.7 to TCP port: 11");
    }

    @Test
    void logLine_unknownFlags_areSpeltOut() {
        ActionRequest probe = Requests.probe("192.0.2.7");
        probe.scanType = ScanType.TCP_UNKNOWN;
        probe.tcpFlags = TcpFlags.SYN | TcpFlags.FIN;

        assertThat(log(probe)).isEqualTo("attackalert: Unknown Type: TCP Packet Flags: SYN: 1 FIN: 1 ACK: 0 PSH: 0 "
                + "URG: 0 RST: 0 from host: scanner.example/192.0.2.7 to TCP port: 11");
    }

    @ParameterizedTest
    @EnumSource(ScanType.class)
    void logLine_everyType_isNoBlockForFail2ban(ScanType type) {
        ActionRequest probe = Requests.probe("192.0.2.7");
        probe.scanType = type;

        assertThat(FAIL2BAN_1.matcher(log(probe)).find()).isFalse();
    }

    @Test
    void closingLogLine_isNeitherAScanNorABlockForTheFilters() {
        ActionRequest rest = Requests.closing("192.0.2.7", 500, 500);
        rest.closingHosts = 400;
        ActionRequest summary = Requests.closing("192.0.2.7", 1024, 994);
        summary.closingOngoing = true;

        assertThat(format.closingLogLine(Requests.closing("192.0.2.7", 1024, 994), "a.example")).isEqualTo(
                "attackalert: Host a.example/192.0.2.7 has stopped scanning: 1024 probes, 994 without a line of their "
                        + "own, since 11/22/2026 10:15:30").satisfies(this::isForNoFilter);
        assertThat(format.closingLogLine(summary, "a.example")).contains("goes on scanning: 1024 probes")
                .satisfies(this::isForNoFilter);
        assertThat(format.closingLogLine(rest, "")).isEqualTo("attackalert: 500 probes of up to 400 more hosts have no "
                + "line of their own: there were too many").satisfies(this::isForNoFilter);
    }

    private void isForNoFilter(String line) {
        assertThat(FAIL2BAN_1.matcher(line).find()).isFalse();
        assertThat(LOGWATCH.matcher(line).find()).isFalse();
    }
}
