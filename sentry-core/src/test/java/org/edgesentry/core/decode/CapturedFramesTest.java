package org.edgesentry.core.decode;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.edgesentry.core.frames.PcapFile;
import org.junit.jupiter.api.Test;

/** Frames that other people captured; what must be read from them was read with tshark. */
class CapturedFramesTest {

    private final Decoding decoding = new Decoding();

    private List<String> decodeAll(String name) {
        PcapFile file = PcapFile.resource(name);
        LinkType link = LinkType.ofDlt(file.dlt());
        return file.frames().stream().map(frame -> decoding.decode(link, frame.bytes())).toList();
    }

    @Test
    void decode_synWithFragmentedPayload_isOnePacket() {
        assertThat(decodeAll("zeek_ipv4_fragmented-syn.pcap")).containsExactly(
                "PACKET 192.168.1.100 > 10.0.0.5 TCP 12345>80 flags=2 window=8192",
                "LATER_FRAGMENT 192.168.1.100 > 10.0.0.5 TCP");
    }

    @Test
    void decode_rawIp_isRead() {
        assertThat(decodeAll("zeek_tcp_payload-syn.pcap")).containsExactly(
                "PACKET 192.168.0.1 > 192.168.0.2 TCP 80>80 flags=2 window=8192",
                "PACKET 192.168.0.2 > 192.168.0.1 TCP 80>80 flags=12 window=8192",
                "PACKET 192.168.0.1 > 192.168.0.2 TCP 80>80 flags=10 window=8192",
                "PACKET 192.168.0.1 > 192.168.0.2 TCP 80>80 flags=11 window=8192",
                "PACKET 192.168.0.2 > 192.168.0.1 TCP 80>80 flags=11 window=8192",
                "PACKET 192.168.0.1 > 192.168.0.2 TCP 80>80 flags=10 window=8192");
    }

    @Test
    void decode_pings_haveTypeEight() {
        assertThat(decodeAll("zeek_icmp_5-pings.pcap"))
                .hasSize(10)
                .startsWith("PACKET 172.16.133.2 > 172.217.11.78 ICMP type=8/0",
                        "PACKET 172.217.11.78 > 172.16.133.2 ICMP");
    }

    @Test
    void decode_neighbourDiscovery_isRead() {
        assertThat(decodeAll("zeek_communityid_icmp6.pcap"))
                .hasSize(49)
                .startsWith("PACKET fe80::200:86ff:fe05:80da > fe80::260:97ff:fe07:69ea ICMPv6 type=135/0",
                        "PACKET fe80::260:97ff:fe07:69ea > fe80::200:86ff:fe05:80da ICMPv6 type=136/0");
    }

    @Test
    void decode_portScan_hasItsTenPorts() {
        assertThat(decodeAll("simple-scan_port_scan.pcap"))
                .allSatisfy(text -> assertThat(text).startsWith("PACKET 192.168.2.154 > 192.168.2.22 TCP 520")
                        .endsWith(" flags=2 window=65535"))
                .extracting(text -> text.replaceAll(".*TCP \\d+>(\\d+) .*", "$1"))
                .containsExactly("21", "113", "23", "135", "111", "143", "445", "554", "22", "995");
    }
}
