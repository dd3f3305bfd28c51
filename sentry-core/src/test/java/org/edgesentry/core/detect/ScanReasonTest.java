package org.edgesentry.core.detect;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.edgesentry.core.net.AddressFamily;
import org.edgesentry.core.net.CidrParser;
import org.edgesentry.core.net.IpProtocol;
import org.edgesentry.core.probe.DistributedScan;
import org.edgesentry.core.probe.ScanKind;
import org.edgesentry.core.probe.ScanType;
import org.edgesentry.core.probe.ScanVerdict;
import org.junit.jupiter.api.Test;

class ScanReasonTest {

    private static final long SECOND = 1_000_000_000;

    private final ScanVerdict scan = new ScanVerdict();

    private void contacts(int ports, int hosts, int failed, int served, long seconds) {
        scan.kinds = ScanKind.VERTICAL.bit();
        scan.ports = ports;
        scan.hosts = hosts;
        scan.failed = failed;
        scan.served = served;
        scan.firstNanos = 1_400_000_000 * SECOND;
        scan.lastNanos = scan.firstNanos + seconds * SECOND;
    }

    private void assertReason(String reason) {
        assertThat(ScanReason.of(scan)).isEqualTo(reason);
    }

    @Test
    void of_vertical_countsPortsAndOutcomes() {
        contacts(14, 1, 12, 2, 3);
        assertReason("14 ports of one host: 12 of 14 contacts failed (refused, unanswered or crafted), 2 answered;"
                + " within 3 s");
    }

    @Test
    void of_slowSweep_tellsThePace() {
        contacts(1, 9, 9, 0, 8 * 780);
        scan.port = 445;
        assertReason("port 445 of 9 hosts: all 9 contacts failed (refused, unanswered or crafted);"
                + " one contact each 13 min on average, over 1 h 44 min");
    }

    @Test
    void of_block_countsPortsAndHosts() {
        contacts(30, 1_200, 36_000, 0, 60);
        assertThat(ScanReason.of(scan)).startsWith("30 ports of 1,200 hosts: all 36,000 contacts failed");
    }

    @Test
    void of_decoyFromAFixedPort_saysWhatIsNotProven() {
        contacts(5, 1, 5, 0, 1);
        scan.techniques = 1 << ScanType.TCP_XMAS.ordinal();
        scan.sourcePort = 20;
        scan.lookalikes = 3;
        assertThat(ScanReason.of(scan)).endsWith("; among them packets that no honest program sends"
                + "; within 1 s; from source port 20; address not proven: 3 other"
                + " sources sent the same probes at the same time");
    }

    @Test
    void of_handshake_saysThatTheAddressIsProven() {
        contacts(5, 1, 5, 0, 1);
        scan.proven = true;
        scan.lookalikes = 1;
        assertThat(ScanReason.of(scan)).endsWith("; address proven by a completed handshake;"
                + " 1 other source sent the same probes at the same time");
    }

    @Test
    void of_protocolScan_countsProtocols() {
        contacts(0, 1, 20, 0, 1);
        scan.protocols = 20;
        assertThat(ScanReason.of(scan)).startsWith("20 IP protocols of one host: all 20 contacts");
        scan.ports = 2;
        assertThat(ScanReason.of(scan)).startsWith("2 ports and 20 IP protocols of one host: all 20 contacts");
    }

    @Test
    void of_nothingCounted_countsPackets() {
        scan.hosts = 4;
        scan.packets = 4;
        assertReason("4 hosts asked, 4 packets; within 0 ms");
    }

    @Test
    void of_clockThatStepsBack_isNoNegativeTime() {
        contacts(5, 1, 5, 0, -4_000);
        assertThat(ScanReason.of(scan)).endsWith("; within 0 ms");
    }

    @Test
    void of_manySourcesOnePort_namesPortAndNetworks() {
        DistributedScan sweep = new DistributedScan(IpProtocol.TCP, 445, AddressFamily.IPV4, 0, 0, 1_166, 900, 1, 1_749,
                0, 3 * SECOND, List.of(CidrParser.parse("198.51.100.0/24"), CidrParser.parse("203.0.113.0/24")));
        assertThat(ScanReason.of(sweep)).isEqualTo("1,166 sources asked 900 hosts for TCP port 445; 1,749 contacts"
                + " failed, 1.5 of each source on average; within 3 s; most of them in 198.51.100.0/24,"
                + " 203.0.113.0/24");
    }

    @Test
    void of_manySourcesOneHost_namesTheHost() {
        DistributedScan shared = new DistributedScan(IpProtocol.UDP, 0, AddressFamily.IPV4, 0, 0xC0000201L, 40, 1, 120,
                120, 0, 60 * SECOND, List.of());
        assertThat(ScanReason.of(shared)).isEqualTo("40 sources asked 192.0.2.1 for 120 UDP ports; 120 contacts failed,"
                + " 3 of each source on average; within 1 min");
    }
}
