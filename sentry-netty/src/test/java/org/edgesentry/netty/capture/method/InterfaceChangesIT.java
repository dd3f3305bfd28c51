package org.edgesentry.netty.capture.method;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.edgesentry.netty.lab.Shell;
import org.edgesentry.netty.lab.TwoHosts;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Interfaces that come and go, and filters that are replaced, while a capture runs. Needs root. */
class InterfaceChangesIT {

    private static final String SCAN =
            "nmap -n -Pn --max-retries 0 --min-rate 1000 --host-timeout 10s -g 40000 -sS -p ";
    private static final int CHANGES = 100;
    private static final int LINKS_AT_ONCE = 10;

    private TwoHosts hosts;
    private final List<CaptureProcess> processes = new ArrayList<>();

    @BeforeAll
    static void installTools() {
        Shell.need("nmap", "nmap");
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
    void newInterface_allChosen_isWatchedWithinTwoSeconds(String method) {
        CaptureProcess capture = capture(method, "ALL_NLO", "1-1024", "none");
        hosts.link("far2", "near2", "10.78.0", "fd78::");
        awaitProbe(capture, "10.78.0.2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ring", "pcap"})
    void namedInterface_madeAnew_isWatchedAgain(String method) {
        hosts.link("far2", "near2", "10.78.0", "fd78::");
        CaptureProcess capture = capture(method, "near2", "1-1024", "none");
        hosts.onSensor("ip link delete near2");
        capture.awaitLine("Interface near2 is gone; it will be watched again once it is back");
        hosts.link("far2", "near2", "10.78.0", "fd78::");
        capture.awaitLine("Interface near2 is back and watched again");
        awaitProbe(capture, "10.78.0.2");
        hosts.onScanner(SCAN + "99 10.77.0.2");
        assertThat(capture.events()).noneMatch(line -> line.contains("10.77.0.2"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"ring", "pcap"})
    void interface_downAndUp_isWatchedAgain(String method) {
        CaptureProcess capture = capture(method, "near", "1-1024", "none");
        hosts.onSensor("ip link set near down");
        hosts.onSensor("ip link set near up");
        awaitProbe(capture, "10.77.0.2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ring", "pcap"})
    void interfaces_hundredMadeAndDeleted_leaveNothingBehind(String method) {
        CaptureProcess capture = capture(method, "ALL", "1-1024", "none");
        changeLinks(capture);
        long descriptors = capture.resource("descriptors");
        long threads = capture.resource("threads");
        for (int made = 0; made < CHANGES; made += LINKS_AT_ONCE) {
            changeLinks(capture);
        }
        // On a busy machine a thread may end a little after its interface was given up.
        await().untilAsserted(() -> {
            assertThat(capture.resource("threads")).isEqualTo(threads);
            assertThat(capture.resource("descriptors")).isEqualTo(descriptors);
        });
        awaitProbe(capture, "10.77.0.2");
        assertThat(capture.ask("close", "CLOSED")).contains("alive=0");
    }

    /** Makes pairs of interfaces, waits until the capture has taken them up, and likewise for their end. */
    private void changeLinks(CaptureProcess capture) {
        onSensor("for i in $(seq " + LINKS_AT_ONCE + "); do ip link add v$i type veth peer name w$i;"
                + " ip link set v$i up; ip link set w$i up; done");
        awaitFollowed(capture, LINKS_AT_ONCE);
        onSensor("for i in $(seq " + LINKS_AT_ONCE + "); do ip link delete v$i; done");
        awaitFollowed(capture, 0);
    }

    private void onSensor(String script) {
        List<String> command = hosts.sensorPrefix();
        command.addAll(List.of("bash", "-c", script));
        Shell.run(command);
    }

    private static void awaitFollowed(CaptureProcess capture, int pairs) {
        await().atMost(Duration.ofSeconds(10)).until(() -> {
            List<String> followed = capture.lines().stream().filter(line -> line.startsWith("FOLLOWED")).toList();
            return !followed.isEmpty() && followed.get(followed.size() - 1).split(" ").length == 3 + 2 * pairs;
        });
    }

    private void awaitProbe(CaptureProcess capture, String target) {
        await().atMost(Duration.ofSeconds(3)).untilAsserted(() -> {
            hosts.onScanner(SCAN + "23 " + target);
            assertThat(capture.events()).anyMatch(line -> line.contains("> " + target + ":23 "));
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"ring", "pcap"})
    void watch_otherTraps_newOneIsSeenAndOldOneIsNot(String method) {
        CaptureProcess capture = capture(method, "near", "1-100", "none");
        hosts.onScanner(SCAN + "23 10.77.0.2");
        capture.awaitLine("> 10.77.0.2:23 ");
        capture.ask("watch 200-300 none none", "WATCHED");
        await().atMost(Duration.ofSeconds(3)).untilAsserted(() -> {
            hosts.onScanner(SCAN + "222 10.77.0.2");
            assertThat(capture.events()).anyMatch(line -> line.contains("> 10.77.0.2:222 "));
        });
        hosts.onScanner(SCAN + "24,223 10.77.0.2");
        capture.awaitLine("> 10.77.0.2:223 ");
        assertThat(capture.events()).noneMatch(line -> line.contains(":24 "));
    }

    @ParameterizedTest
    @ValueSource(strings = {"ring", "pcap"})
    void question_fromWatchedPort_isSeenAsOutgoing(String method) {
        CaptureProcess capture = capture(method, "near", "none", "40000-50000");
        capture.ask("question 10.77.0.1 53 40001", "ASKED");
        capture.ask("watch none 40000-50000 40000-50000", "WATCHED");
        await().atMost(Duration.ofSeconds(3)).untilAsserted(() -> {
            capture.ask("question 10.77.0.1 53 40002", "ASKED");
            assertThat(capture.events()).anyMatch(line ->
                    line.startsWith("EVENT UDP 10.77.0.2:40002 > 10.77.0.1:53 ") && line.contains(" outgoing "));
        });
        capture.ask("question fd77::1 53 40003", "ASKED");
        capture.awaitLine("EVENT UDP fd77::2:40003 > fd77::1:53 .* outgoing ");
        capture.ask("question 10.77.0.1 53 39000", "ASKED");
        capture.ask("question 10.77.0.1 40004 40004", "ASKED");
        capture.awaitLine("10.77.0.2:40004 > 10.77.0.1:40004 .* outgoing ");
        assertThat(capture.events()).noneMatch(line -> line.contains(":40001 ") || line.contains(":39000 "));
    }

    /** A packet that comes in with our own address as its source is not outgoing. */
    @ParameterizedTest
    @ValueSource(strings = {"ring", "pcap"})
    void forgedQuestion_comingIn_isNotOutgoing(String method) {
        String mac = hosts.onSensor("cat /sys/class/net/near/address").strip();
        hosts.onSensor("ip addr add 10.77.0.20/24 dev near");
        hosts.onScanner("ip addr add 10.77.0.2/32 dev lo");
        hosts.onScanner("ip route add 10.77.0.20/32 dev far src 10.77.0.2");
        hosts.onScanner("ip neigh replace 10.77.0.20 lladdr " + mac + " dev far");
        CaptureProcess capture = capture(method, "near", "none", "53-53");
        capture.ask("watch none 53-53 1024-65535", "WATCHED");
        await().atMost(Duration.ofSeconds(3)).untilAsserted(() -> {
            hosts.onScannerBash("echo x > /dev/udp/10.77.0.20/53");
            assertThat(capture.events()).isNotEmpty();
        });
        assertThat(capture.events()).allMatch(line -> line.startsWith("EVENT UDP 10.77.0.2:"))
                .noneMatch(line -> line.contains("outgoing"));
    }

    @Test
    void loopback_ringAllChosen_isSeenLeavingAndComing() {
        CaptureProcess capture = capture("ring", "ALL", "none", "40000-50000");
        capture.ask("watch none 40000-50000 40000-50000", "WATCHED");
        capture.ask("question 127.0.0.1 40001 40002", "ASKED");
        capture.awaitLines("127.0.0.1:40002 > 127.0.0.1:40001", 2);
        assertThat(capture.events()).filteredOn(line -> line.contains(" outgoing ")).hasSize(1);
    }

    private CaptureProcess capture(String method, String interfaces, String tcp, String udp) {
        CaptureProcess process = new CaptureProcess(hosts.sensorPrefix(), List.of(), method, interfaces, tcp, udp,
                "print");
        processes.add(process);
        assertThat(process.awaitLine("READY|FAILED")).startsWith("READY");
        return process;
    }
}
