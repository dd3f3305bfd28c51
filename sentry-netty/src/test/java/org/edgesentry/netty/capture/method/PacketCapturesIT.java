package org.edgesentry.netty.capture.method;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.ArrayList;
import java.util.List;
import org.edgesentry.netty.lab.ChildJvm;
import org.edgesentry.netty.lab.Shell;
import org.edgesentry.netty.lab.TwoHosts;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Real traffic between two namespaces, seen by a capture in one of them. Needs root. */
class PacketCapturesIT {

    private static final String SCAN = "nmap -n -Pn --max-retries 0 -g 40000 ";

    private TwoHosts hosts;
    private final List<CaptureProcess> processes = new ArrayList<>();

    @BeforeAll
    static void installTools() {
        Shell.need("nmap", "nmap");
        Shell.need("tcpdump", "tcpdump");
        Shell.need("ping", "iputils-ping");
        Shell.need("socat", "socat");
    }

    @BeforeEach
    void makeHosts() {
        hosts = new TwoHosts();
    }

    @AfterEach
    void deleteHosts() {
        try {
            processes.forEach(CaptureProcess::close);
        } finally {
            hosts.close();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"ring", "pcap"})
    void synToTrap_ipv4_isSeenWithItsFields(String method) {
        CaptureProcess capture = capture(method, "ALL_NLO", "1-1024", "none");
        hosts.onScanner(SCAN + "-sS -p 23 " + TwoHosts.SENSOR_V4);
        String event = capture.awaitLine("EVENT");
        assertThat(event).startsWith("EVENT TCP 10.77.0.1:40000 > 10.77.0.2:23 flags=02 window=1024 if=near"
                + " options=false evasion=false UNJUDGED CAPTURE");
        assertThat(capture.received()).isEqualTo(1);
        assertThat(capture.statistic("decodedPackets")).isEqualTo(1);
        assertThat(capture.statistic("droppedByKernel")).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"ring", "pcap"})
    void synToTrap_ipv6_isSeenWithItsFields(String method) {
        CaptureProcess capture = capture(method, "ALL_NLO", "1-1024", "none");
        hosts.onScanner(SCAN + "-6 -sS -p 23 " + TwoHosts.SENSOR_V6);
        String event = capture.awaitLine("EVENT TCP");
        assertThat(event).startsWith("EVENT TCP fd77::1:40000 > fd77::2:23 flags=02 window=1024 if=near"
                + " options=false evasion=false UNJUDGED CAPTURE");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ring", "pcap"})
    void otherTechniques_toTraps_areSeen(String method) {
        CaptureProcess capture = capture(method, "near", "1-1024", "1-1024");
        hosts.onScanner(SCAN + "-sF -p 11 " + TwoHosts.SENSOR_V4);
        hosts.onScanner(SCAN + "-sN -p 12 " + TwoHosts.SENSOR_V4);
        hosts.onScanner(SCAN + "-sX -p 13 " + TwoHosts.SENSOR_V4);
        hosts.onScanner(SCAN + "-sA -p 14 " + TwoHosts.SENSOR_V4);
        hosts.onScanner(SCAN + "-sU -p 15 " + TwoHosts.SENSOR_V4);
        hosts.onScanner(SCAN + "-6 -sY -p 16 " + TwoHosts.SENSOR_V6);
        capture.awaitLine("TCP .*:11 flags=01");
        capture.awaitLine("TCP .*:12 flags=00");
        capture.awaitLine("TCP .*:13 flags=29");
        capture.awaitLine("TCP .*:14 flags=10");
        capture.awaitLine("UDP .*:15 ");
        capture.awaitLine("SCTP .*:16 ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ring", "pcap"})
    void ordinaryTraffic_toServiceAndFromUs_neverLeavesTheKernel(String method) {
        CaptureProcess capture = capture(method, "ALL_NLO", "1-1024", "1-1024");
        capture.ask("listen 8080", "LISTENING");
        hosts.onScannerBash("for i in $(seq 20); do exec 3<>/dev/tcp/10.77.0.2/8080; printf x >&3;"
                + " read -r -N 1 -u 3 answer; [ \"$answer\" = x ] || exit 1; exec 3>&-; done");
        assertThat(capture.ask("connect 10.77.0.1 23", "CONNECTED")).contains("refused");
        assertThat(capture.ask("connect fd77::1 23", "CONNECTED")).contains("refused");
        assertThat(capture.received()).isZero();
        assertThat(capture.events()).isEmpty();
    }

    /** What a scanner sends and hardly anybody else: the port does not matter, nor is there one. */
    @ParameterizedTest
    @ValueSource(strings = {"ring", "pcap"})
    void curiosities_toAnyPort_areSeen(String method) {
        CaptureProcess capture = capture(method, "near", "1-1024", "none");
        hosts.onScanner(SCAN + "-sF -p 5001 " + TwoHosts.SENSOR_V4);
        hosts.onScanner(SCAN + "-6 -sN -p 5002 " + TwoHosts.SENSOR_V6);
        hosts.onScanner(SCAN + "-sX -p 5003 " + TwoHosts.SENSOR_V4);
        hosts.onScanner(SCAN + "-6 --scanflags SYNFIN -sS -p 5004 " + TwoHosts.SENSOR_V6);
        hosts.onScanner(SCAN + "--scanflags SYNRST -sS -p 5005 " + TwoHosts.SENSOR_V4);
        hosts.onScanner("nmap -n -sn -PE -PP -PM --disable-arp-ping --max-retries 0 " + TwoHosts.SENSOR_V4);
        hosts.onScanner("ping -6 -c 1 -W 1 " + TwoHosts.SENSOR_V6);
        hosts.onScanner("nmap -n -Pn --max-retries 0 -sO -p 89 " + TwoHosts.SENSOR_V4);
        capture.awaitLine("TCP .*:5001 flags=01");
        capture.awaitLine("TCP .*:5002 flags=00");
        capture.awaitLine("TCP .*:5003 flags=29");
        capture.awaitLine("TCP .*:5004 flags=03");
        capture.awaitLine("TCP .*:5005 flags=06");
        capture.awaitLine("ICMP 10.77.0.1");
        capture.awaitLine("ICMPv6 fd77::1");
        capture.awaitLine("IP-89 10.77.0.1");
        assertThat(capture.events()).filteredOn(line -> line.startsWith("EVENT ICMP 10.77.0.1")).hasSize(3);
    }

    /** On a gateway, what becomes of a probe shows in the answers of the hosts behind it. */
    @ParameterizedTest
    @ValueSource(strings = {"ring", "pcap"})
    void answers_onAGateway_areSeen(String method) {
        CaptureProcess capture = capture(method, "near", "1-1024", "none");
        capture.ask("watch 1-1024 1-1024 none gateway", "WATCHED");
        hosts.onScannerBash("timeout 5 socat TCP-LISTEN:81,reuseaddr /dev/null > /dev/null 2>&1 & sleep 0.3");
        assertThat(capture.ask("connect 10.77.0.1 23", "CONNECTED")).contains("refused");
        assertThat(capture.ask("connect 10.77.0.1 81", "CONNECTED")).isEqualTo("CONNECTED");
        hosts.onScanner("ping -c 1 -W 1 " + TwoHosts.SENSOR_V4);
        hosts.onSensor("ping -c 1 -W 1 " + TwoHosts.SCANNER_V4);
        capture.awaitLine("TCP 10.77.0.1:23 > .* flags=14");
        capture.awaitLine("TCP 10.77.0.1:81 > .* flags=12");
        await().untilAsserted(() -> assertThat(capture.events())
                .filteredOn(line -> line.startsWith("EVENT ICMP 10.77.0.1")).hasSize(2));
    }

    /** What answers us is told from probes by its flags, even when it comes to a trap port. */
    @ParameterizedTest
    @ValueSource(strings = {"ring", "pcap"})
    void answers_toTrapPort_neverLeaveTheKernel(String method) {
        CaptureProcess capture = capture(method, "near", "1-65535", "none");
        assertThat(capture.ask("connect 10.77.0.1 23", "CONNECTED")).contains("refused");
        assertThat(capture.ask("connect fd77::1 23", "CONNECTED")).contains("refused");
        assertThat(capture.received()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"ring", "pcap"})
    void twoInterfaces_bothNamed_areBothSeen(String method) {
        hosts.link("far2", "near2", "10.78.0", "fd78::");
        hosts.link("far3", "near3", "10.79.0", "fd79::");
        CaptureProcess capture = capture(method, "near,near2", "1-1024", "none");
        hosts.onScanner(SCAN + "-sS -p 23 10.79.0.2");
        hosts.onScanner(SCAN + "-sS -p 24 10.78.0.2");
        hosts.onScanner(SCAN + "-sS -p 25 10.77.0.2");
        capture.awaitLine("> 10.78.0.2:24 .* if=near2 ");
        capture.awaitLine("> 10.77.0.2:25 .* if=near ");
        assertThat(capture.events()).noneMatch(line -> line.contains("10.79.0.2"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"ring", "pcap"})
    void loopback_all_isSeenOnceAndAllButLoopbackIsNot(String method) {
        CaptureProcess all = capture(method, "ALL", "1-1024", "none");
        CaptureProcess allButLoopback = capture(method, "ALL_NLO", "1-1024", "none");
        hosts.onSensor(SCAN + "-sS -p 23 127.0.0.1");
        hosts.onScanner(SCAN + "-sS -p 24 10.77.0.2");
        all.awaitLine("> 10.77.0.2:24 .* if=near ");
        allButLoopback.awaitLine("> 10.77.0.2:24 .* if=near ");
        assertThat(all.events()).filteredOn(line -> line.contains("127.0.0.1:23 ") && line.contains("if=lo "))
                .hasSize(1);
        assertThat(allButLoopback.events()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ring", "pcap"})
    void deletedInterface_whileCapturing_leavesTheOthersWatched(String method) {
        hosts.link("far2", "near2", "10.78.0", "fd78::");
        CaptureProcess capture = capture(method, "near,near2", "1-1024", "none");
        hosts.onSensor("ip link delete near2");
        hosts.onScanner(SCAN + "-sS -p 23 10.77.0.2");
        capture.awaitLine("> 10.77.0.2:23 .* if=near ");
        assertThat(capture.ask("close", "CLOSED")).contains("alive=0");
    }

    @Test
    void interfaceThatAppearsLater_ring_isSeen() {
        CaptureProcess capture = capture("ring", "ALL_NLO", "1-1024", "none");
        hosts.link("far2", "near2", "10.78.0", "fd78::");
        hosts.onScanner(SCAN + "-sS -p 23 10.78.0.2");
        capture.awaitLine("> 10.78.0.2:23 ");
    }

    @Test
    void namedInterfaceThatComesBack_pcap_isSeenAgain() {
        hosts.link("far2", "near2", "10.78.0", "fd78::");
        CaptureProcess capture = capture("pcap", "near2", "1-1024", "none");
        hosts.onSensor("ip link delete near2");
        await().untilAsserted(() -> assertThat(capture.statistic("faults")).isPositive());
        hosts.link("far2", "near2", "10.78.0", "fd78::");
        await().untilAsserted(() -> {
            hosts.onScanner(SCAN + "-sS -p 23 10.78.0.2");
            assertThat(capture.events()).isNotEmpty();
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"ring", "pcap"})
    void taggedFrame_onNamedInterface_isDecoded(String method) {
        CaptureProcess capture = capture(method, "near", "1-1024", "none");
        sendSyns(1, 23, "8100 0064");
        capture.awaitLine("10.77.0.1:1024 > 10.77.0.2:23 flags=02 .* if=near ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ring", "pcap"})
    void doubleTaggedFrame_onNamedInterface_isDecoded(String method) {
        CaptureProcess capture = capture(method, "near", "1-1024", "none");
        sendSyns(1, 23, "88a8 0007 8100 0009");
        capture.awaitLine("10.77.0.1:1024 > 10.77.0.2:23 flags=02 .* if=near ");
    }

    /** It is for the VLAN's own interface, and shows up there. */
    @Test
    void taggedFrame_allInterfaces_ringLeavesItToTheVlanInterface() {
        CaptureProcess capture = capture("ring", "ALL_NLO", "1-1024", "none");
        sendSyns(1, 23, "8100 0064");
        sendSyns(1, 24, "8100 e000");
        capture.awaitLine("10.77.0.2:24");
        assertThat(capture.events()).hasSize(1);
    }

    /** Its TCP header lies behind the end of a slot of the packet ring. */
    @ParameterizedTest
    @ValueSource(strings = {"ring", "pcap"})
    void synBehindLongOptions_amongShortOnes_isDecoded(String method) {
        CaptureProcess capture = capture(method, "ALL_NLO", "1-1024", "none");
        for (int options : new int[] {240, 8, 248}) {
            sendSyns(List.of("-Doptions=" + options), 1, options, "");
            sendSyns(1, 23, "");
        }
        for (int options : new int[] {240, 8, 248}) {
            capture.awaitLine("fd77::1.*40000 > .*fd77::2.*:" + options + " flags=02 ");
        }
        await().untilAsserted(() -> assertThat(capture.events()).hasSize(6));
    }

    private void sendSyns(int count, int port, String tags) {
        sendSyns(List.of(), count, port, tags);
    }

    private void sendSyns(List<String> javaOptions, int count, int port, String tags) {
        List<String> command = ChildJvm.javaCommand(hosts.scannerPrefix(), javaOptions, SynSender.class);
        command.addAll(List.of("far", sensorMac(), Integer.toString(count), Integer.toString(port)));
        if (!tags.isEmpty()) {
            command.addAll(List.of(tags.split(" ")));
        }
        assertThat(Shell.run(command)).contains("SENT " + count);
    }

    private String sensorMac() {
        return hosts.onSensor("cat /sys/class/net/near/address").strip();
    }

    @ParameterizedTest
    @ValueSource(strings = {"ring", "pcap"})
    void fragmentedSyn_ofEightBytesEach_isJoined(String method) {
        CaptureProcess capture = capture(method, "ALL_NLO", "1-1024", "none");
        hosts.onScanner("nmap -n -Pn --max-retries 0 -g 40000 -f -sS -p 23 " + TwoHosts.SENSOR_V4);
        capture.awaitLine("EVENT TCP 10.77.0.1:40000 > 10.77.0.2:23 flags=02 ");
        assertThat(capture.statistic("held")).isPositive();
    }

    @Test
    void thousandsOfPorts_ring_areSeenAndAFilterThatIsTooLongIsMerged() {
        CaptureProcess capture = capture("ring", "ALL_NLO", "1-60001-2", "1-60001-2");
        assertThat(capture.awaitLine("READY")).contains("gaps between trap ports do not fit");
        hosts.onScanner(SCAN + "-sS -p 59999 10.77.0.2");
        capture.awaitLine("> 10.77.0.2:59999 flags=02");
    }

    /** Older kernels allow a filter 20 KiB. */
    @Test
    void smallOptionMemory_ring_takesACoarserFilter() {
        hosts.onSensor("sysctl -q -w net.core.optmem_max=20480");
        CaptureProcess capture = capture("ring", "ALL_NLO", "1-4001-2", "none");
        assertThat(capture.awaitLine("READY")).contains("gaps between trap ports do not fit");
        hosts.onScanner(SCAN + "-sS -p 3999 10.77.0.2");
        capture.awaitLine("> 10.77.0.2:3999 flags=02");
        capture.ask("watch 10000-14000-2 none none", "WATCHED");
        hosts.onScanner(SCAN + "-sS -p 13998 10.77.0.2");
        capture.awaitLine("> 10.77.0.2:13998 flags=02");
        hosts.onScanner(SCAN + "-sS -p 3999 10.77.0.2");
        assertThat(capture.events()).filteredOn(line -> line.contains(":3999 ")).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ring", "pcap"})
    void close_whileIdle_endsTheThreads(String method) {
        CaptureProcess capture = capture(method, "ALL", "1-1024", "none");
        assertThat(capture.ask("close", "CLOSED")).contains("alive=0");
        assertThat(capture.ask("close", "CLOSED")).contains("alive=0");
        assertThat(capture.statistic("received")).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"ring", "pcap"})
    void open_unknownInterface_namesTheExisting(String method) {
        assertThat(failure(List.of(), List.of(), method, "eth9"))
                .isEqualTo("FAILED there is no interface \"eth9\"; name one of lo, near, or ALL, ALL_NLO");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ring", "pcap"})
    void open_withoutCapability_saysWhatToGrant(String method) {
        List<String> deprived = List.of("setpriv", "--bounding-set", "-net_raw", "--inh-caps", "-net_raw");
        assertThat(failure(deprived, List.of(), method, "near"))
                .contains("run as root or grant CAP_NET_RAW (systemd: AmbientCapabilities=CAP_NET_RAW)");
    }

    @Test
    void open_withoutLibpcap_namesThePackageAndTheOtherMethod() {
        assertThat(failure(List.of(), List.of("-Dorg.pcap4j.core.pcapLibName=absent"), "pcap", "near"))
                .contains("libpcap0.8").contains("--method=ring");
    }

    private String failure(List<String> wrapper, List<String> javaOptions, String method, String interfaces) {
        List<String> prefix = hosts.sensorPrefix();
        prefix.addAll(wrapper);
        CaptureProcess process = new CaptureProcess(prefix, javaOptions, method, interfaces, "1-1024", "none", "print");
        processes.add(process);
        assertThat(process.lines()).hasSize(1);
        return process.lines().get(0);
    }

    private CaptureProcess capture(String method, String interfaces, String tcp, String udp) {
        CaptureProcess process = new CaptureProcess(hosts.sensorPrefix(), List.of(), method, interfaces, tcp, udp,
                "print");
        processes.add(process);
        assertThat(process.awaitLine("READY|FAILED")).startsWith("READY");
        return process;
    }
}
