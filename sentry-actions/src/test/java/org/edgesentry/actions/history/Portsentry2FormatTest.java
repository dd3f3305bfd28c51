package org.edgesentry.actions.history;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.edgesentry.actions.Requests;
import org.edgesentry.core.action.ActionRequest;
import org.edgesentry.core.net.Cidr;
import org.edgesentry.core.net.IpProtocol;
import org.edgesentry.core.net.TcpFlags;
import org.edgesentry.core.probe.ProbeSource;
import org.edgesentry.core.probe.ScanType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class Portsentry2FormatTest {

    private static final Pattern FAIL2BAN_2 = Pattern.compile("^[^ ]* Scan from: \\[([^\\]]+)\\]");

    private final Portsentry2Format format = new Portsentry2Format(ZoneOffset.UTC);

    private String history(ActionRequest probe, BlockState state) {
        return format.historyLine(probe, state, name(probe)).orElseThrow();
    }

    private static String name(ActionRequest probe) {
        return Cidr.ofAddress(probe.family, probe.sourceHi, probe.sourceLo).toString();
    }

    @Test
    void historyLine_blocked_isTheContractsExample() {
        ActionRequest probe = Requests.block("192.0.2.7");

        assertThat(history(probe, BlockState.BLOCKED)).isEqualTo("2026-11-22T10:15:30.123+0000 "
                + "Scan from: [192.0.2.7] (192.0.2.7) protocol: [TCP] port: [11] type: [TCP SYN/Normal scan] "
                + "IP opts: [not set] ignored: [false] triggered: [true] noblock: [false] blocked: [true]");
    }

    @Test
    void logLine_probe_isTheHistoryLineWithoutItsTime() {
        ActionRequest probe = Requests.probe("192.0.2.7");

        assertThat(history(probe, BlockState.UNDECIDED))
                .isEqualTo("2026-11-22T10:15:30.123+0000 " + format.logLine(probe, BlockState.UNDECIDED, name(probe)));
    }

    @Test
    void historyLine_otherZone_hasItsOffset() {
        Portsentry2Format inIndia = new Portsentry2Format(ZoneId.of("Asia/Kolkata"));

        assertThat(inIndia.historyLine(Requests.probe("192.0.2.7"), BlockState.UNDECIDED, "a.example").orElseThrow())
                .startsWith("2026-11-22T15:45:30.123+0530 Scan from: ");
    }

    @ParameterizedTest
    @CsvSource({"UNDECIDED, noblock: [unset] blocked: [unset]", "FORBIDDEN, noblock: [true] blocked: [false]",
        "NOT_BLOCKED, noblock: [false] blocked: [false]", "BLOCKED, noblock: [false] blocked: [true]"})
    void historyLine_eachState_hasItsTwoFlags(BlockState state, String flags) {
        assertThat(history(Requests.probe("192.0.2.7"), state)).endsWith(flags);
    }

    @Test
    void historyLine_ipv6Udp_namesBoth() {
        ActionRequest probe = Requests.probe("2001:db8:0:0::7");
        probe.protocol = IpProtocol.UDP;
        probe.scanType = ScanType.UDP;
        probe.ipOptions = true;

        assertThat(history(probe, BlockState.UNDECIDED)).contains("Scan from: [2001:db8::7] (2001:db8::7) "
                + "protocol: [UDP] port: [11] type: [UDP] IP opts: [set]");
    }

    @Test
    void historyLine_seenByATrap_doesNotKnowTheIpOptions() {
        ActionRequest probe = Requests.probe("192.0.2.7");
        probe.scanType = ScanType.CONNECT;
        probe.seenBy = ProbeSource.TRAP;

        assertThat(history(probe, BlockState.UNDECIDED)).contains("type: [Connect] IP opts: [unknown]");
    }

    @Test
    void historyLine_unknownFlags_areSpeltOut() {
        ActionRequest probe = Requests.probe("192.0.2.7");
        probe.scanType = ScanType.TCP_UNKNOWN;
        probe.tcpFlags = TcpFlags.SYN | TcpFlags.FIN | TcpFlags.PSH | TcpFlags.URG | 0x1C0;

        assertThat(history(probe, BlockState.UNDECIDED)).contains(
                "type: [Unknown Type: TCP Packet Flags: SYN: 1 FIN: 1 ACK: 0 PSH: 1 URG: 1 RST: 0]");
    }

    @ParameterizedTest
    @EnumSource(ScanType.class)
    void historyLine_everyType_isFoundByFail2ban(ScanType type) {
        ActionRequest probe = Requests.probe("2001:db8::7");
        probe.scanType = type;

        Matcher matcher = FAIL2BAN_2.matcher(history(probe, BlockState.BLOCKED));

        assertThat(matcher.find()).isTrue();
        assertThat(matcher.group(1)).isEqualTo("2001:db8::7");
    }

    @Test
    void logLine_hostWithAName_hasItBesideTheAddress() {
        assertThat(format.logLine(Requests.probe("192.0.2.7"), BlockState.BLOCKED, "scanner.example"))
                .startsWith("Scan from: [192.0.2.7] (scanner.example) protocol: ");
    }

    @Test
    void closingHistoryLine_restOfAllHosts_isNoScanForFail2ban() {
        ActionRequest rest = Requests.closing("192.0.2.7", 500, 500);
        rest.closingHosts = 400;

        String line = format.closingHistoryLine(rest, "").orElseThrow();

        assertThat(line).isEqualTo("2026-11-22T10:17:00.123+0000 500 probes of up to 400 more hosts have no line of "
                + "their own: there were too many");
        assertThat(FAIL2BAN_2.matcher(line).find()).isFalse();
    }

    @Test
    void closingLogLine_scanThatGoesOn_saysSo() {
        ActionRequest summary = Requests.closing("192.0.2.7", 1024, 994);
        summary.closingOngoing = true;

        assertThat(format.closingLogLine(summary, "192.0.2.7")).contains("(192.0.2.7) goes on: [1024 probes, 994 ");
    }

    @Test
    void closingHistoryLine_endOfAScan_saysWhatWasFolded() {
        String line = format.closingHistoryLine(Requests.closing("192.0.2.7", 1024, 994), "192.0.2.7").orElseThrow();

        assertThat(line).isEqualTo("2026-11-22T10:17:00.123+0000 Scan from: [192.0.2.7] (192.0.2.7) ended: "
                + "[1024 probes, 994 without a line of their own, since 2026-11-22T10:15:30.123+0000]");
        assertThat(FAIL2BAN_2.matcher(line).find()).isTrue();
    }
}
