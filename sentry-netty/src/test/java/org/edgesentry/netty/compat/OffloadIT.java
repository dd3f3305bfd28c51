package org.edgesentry.netty.compat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.edgesentry.netty.lab.Shell;
import org.edgesentry.netty.lab.Socat;
import org.edgesentry.netty.lab.TwoHosts;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** BLOCK_OFFLOAD: the kernel itself drops the first probe of a trap and blocks its source, and nobody else. */
class OffloadIT extends BlackBox {

    private static final String SECOND_V4 = "10.79.0.2";
    private static final String CLIENT_V4 = "10.78.255.1";
    private static final int RUNS = 10;

    private KernelSets kernel;

    @BeforeAll
    static void openSecondLink() {
        Shell.need("socat", "socat");
    }

    @BeforeEach
    void prepareTraps() {
        kernel = new KernelSets(lab.hosts());
        setup.set("TCP_PORTS", "1-1024").set("UDP_PORTS", "1-1024").set("BLOCK_TCP", "1");
        if (!lab.hosts().onScanner("ip -br link").contains("far2")) {
            lab.hosts().link("far2", "near2", "10.79.0", "fd79::");
            lab.hosts().onScanner("ip addr add " + CLIENT_V4 + "/32 dev far");
        }
    }

    @Test
    void nmapScans_learnNothing_andClientsGetAllTheirAnswers() {
        String[] ports = {"22", "80", "443", "8080"};
        try (RealServices services = new RealServices(lab.hosts().sensorPrefix(), ports);
                Sensor sensor = setup.start()) {
            sensor.awaitConsole("The kernel itself drops the first probe of a trap");
            CompletableFuture<String> clients = CompletableFuture.supplyAsync(
                    () -> RealServices.ask(lab.hosts(), CLIENT_V4, TwoHosts.SENSOR_V4, 500, ports));
            List<Integer> learned = new ArrayList<>();
            for (int run = 0; run < RUNS; run += 2) {
                Scanner one = lab.newScanner();
                Scanner other = lab.newScanner();
                learned.addAll(scanBoth(one, other));
                for (Scanner each : List.of(one, other)) {
                    assertThat(kernel.elements("blocked4")).containsEntry(each.v4(), "1h");
                    sensor.awaitConsole("Scan from: \\[" + each.v4() + "\\] .*" + Expected.BLOCKED);
                    sensor.awaitConsole(Expected.blockedByRoute(each.v4(), "nft add element .*blocked4.*"));
                    sensor.awaitHistory("Scan from: \\[" + each.v4() + "\\] .*" + Expected.BLOCKED);
                    sensor.awaitBlockedFile(Pattern.quote("Host: " + each.v4() + "/"));
                }
            }
            // Which of nmap's favourite ports comes first is chance: one of the services, or a trap.
            assertThat(learned.stream().sorted().skip((RUNS - 1) / 2).findFirst()).hasValue(0);
            assertThat(learned).as("ports learned").filteredOn(ofOne -> ofOne > 2).hasSizeLessThan(2);
            assertThat(clients.join()).isEqualTo("2000 of 2000");
            assertThat(kernel.blocked()).doesNotContain(CLIENT_V4);
            assertThat(sensor.linesAbout(CLIENT_V4)).isEmpty();
        }
    }

    /** How many ports each of two scanners gets an answer for, of whatever kind; none may be that of a trap. */
    private List<Integer> scanBoth(Scanner one, Scanner other) {
        String scan = "nmap -n -Pn --send-ip -sS -T5 --min-rate 5000 -p1-1024,8080 -e far -oG - "
                + TwoHosts.SENSOR_V4 + " -S ";
        String[] outputs = lab.hosts().onScannerBash(scan + one.v4() + " > " + directory + "/one & " + scan + other.v4()
                + " > " + directory + "/other; wait; cat " + directory + "/one; echo ======; cat " + directory
                + "/other").split("======");
        assertThat(outputs).hasSize(2);
        return List.of(learned(outputs[0]), learned(outputs[1]));
    }

    private static int learned(String output) {
        assertThat(output).contains("1 host up").doesNotContain("closed");
        Matcher open = Pattern.compile("\\d+/open/").matcher(output);
        return (int) open.results().count();
    }

    @ParameterizedTest
    @CsvSource({"-sS, TCP SYN/Normal scan", "-sF, TCP FIN scan", "-sN, TCP NULL scan", "-sX, TCP XMAS scan"})
    void probe_isNotAnswered(String technique, String type) {
        try (Sensor sensor = setup.start()) {
            String[] families = {scanner.nmap("--reason " + technique + " -p 11"),
                    scanner.nmap6("--reason " + technique + " -p 11")};
            assertThat(families).allSatisfy(output -> assertThat(output).contains("no-response")
                    .doesNotContain("reset"));
            assertThat(kernel.blocked()).contains(scanner.v4(), network(scanner));
            sensor.awaitConsole(Expected.scan(scanner.v4(), "TCP", 11, type, Expected.BLOCKED));
            sensor.awaitConsole(Expected.scan(scanner.v6(), "TCP", 11, type, Expected.BLOCKED));
        }
    }

    private static String network(Scanner of) {
        return of.v6().replaceAll("1$", "");
    }

    /** With ACK set it may be a late segment of a connection that is over: that takes the daemon to judge. */
    @ParameterizedTest
    @ValueSource(strings = {"-sA", "-sM"})
    void segmentWithAck_isForTheDaemon(String technique) {
        try (Sensor sensor = setup.start()) {
            scanner.nmap(technique + " -p 11");
            sensor.awaitConsole("Scan from: \\[" + scanner.v4() + "\\] .*" + Expected.BLOCKED);
            kernel.awaitBlocked(scanner.v4());
            assertThat(kernel.elements("fresh4")).isEmpty();
        }
    }

    @Test
    void udp_blocksProbes_andNoAnswersOrServices() {
        setup.set("BLOCK_UDP", "1");
        try (Sensor sensor = setup.start();
                Socat name4 = lateAnswers("UDP4-RECVFROM:53,bind=10.77.0.1,fork");
                Socat name6 = lateAnswers("UDP6-RECVFROM:53,bind=[fd77::1],fork");
                Socat service = Socat.service(lab.hosts().sensorPrefix(), "UDP4-RECVFROM:514,fork")) {
            scanner.datagram(514);
            for (String question : List.of("UDP4-SENDTO:10.77.0.1:53", "UDP6-SENDTO:[fd77::1]:53")) {
                lab.hosts().onSensor("timeout 2 socat -u EXEC:hostname " + question + ",sourceport=500");
            }
            Scanner prober = lab.newScanner();
            prober.datagram(500);
            sensor.awaitConsole(Expected.scan(prober.v4(), "UDP", 500, "UDP", Expected.BLOCKED));
            await().pollDelay(Duration.ofSeconds(3)).until(() -> true);
            assertThat(kernel.blocked()).containsExactly(prober.v4());
        }
    }

    private Socat lateAnswers(String address) {
        return Socat.answering(lab.hosts().scannerPrefix(), address, "cat; sleep 2; echo late");
    }

    @Test
    void udp_withBlockUdpZero_blocksNobody() {
        setup.set("BLOCK_UDP", "0");
        try (Sensor sensor = setup.start()) {
            scanner.datagram(500);
            sensor.awaitConsole(Expected.scan(scanner.v4(), "UDP", 500, "UDP", Expected.LOGGED));
            sensor.awaitAllSeen(lab, scanner, "TCP");
            assertThat(kernel.blocked()).doesNotContain(scanner.v4());
        }
    }

    @Test
    void ipv6_isBlockedByPrefix_andOnOurOwnPrefixByAddress() {
        lab.hosts().onScanner("ip -6 addr replace fd77::99/64 dev far nodad");
        String near = linkLocal(lab.hosts().onSensor("ip -6 addr show dev near scope link"));
        String far = linkLocal(lab.hosts().onScanner("ip -6 addr show dev far scope link"));
        try (RealServices service = new RealServices(lab.hosts().sensorPrefix(), "80");
                Sensor sensor = setup.start()) {
            scanner.send("extension hop-by-hop fd77:: " + TwoHosts.SENSOR_V6 + " 11");
            probeFrom("fd77::99", "[" + TwoHosts.SENSOR_V6 + "]");
            probeFrom(scanner.v6(), "[" + TwoHosts.SENSOR_V6 + "]");
            probeFrom("", "[" + near + "%far]");
            assertThat(kernel.blocked()).containsExactlyInAnyOrder("fd77::99", network(scanner), far);
            sensor.awaitBlockedFile("Host: fd77::99/");
            sensor.awaitBlockedFile("Host: " + far + "/");
            sensor.awaitAllSeen(lab, scanner, "TCP");
            assertThat(kernel.blocked()).doesNotContain("fd77::", "fe80::");
            assertThat(RealServices.ask(lab.hosts(), TwoHosts.SCANNER_V6, TwoHosts.SENSOR_V6, 1, "80"))
                    .isEqualTo("1 of 1");
        }
    }

    private static String linkLocal(String listing) {
        Matcher address = Pattern.compile("fe80:[0-9a-f:]+").matcher(listing);
        assertThat(address.find()).isTrue();
        return address.group();
    }

    /** One connection from this address, or whatever the kernel takes, to trap 11. */
    private String probeFrom(String source, String target) {
        String family = target.contains(":") ? "TCP6:" : "TCP4:";
        String bind = source.contains(":") ? ",bind=[" + source + "]" : source.isEmpty() ? "" : ",bind=" + source;
        return lab.hosts().onScannerBash("timeout 3 socat -u /dev/null " + family + target + ":11,connect-timeout=0.5"
                + bind + " 2>&1 || true");
    }

    @Test
    void whoIsSpared_isNotBlocked_alsoNotLater() throws IOException {
        Scanner ignored = lab.newScanner();
        Scanner resolver = lab.newScanner();
        Scanner inside = lab.newScanner();
        Scanner pardoned = lab.newScanner();
        Files.writeString(setup.ownEtc().resolve("resolv.conf"), "nameserver " + resolver.v4() + "\n");
        lab.hosts().onSensor("ip route add default via 10.77.0.1");
        setup.ignore(ignored.v4()).set("HOME_NET", inside.v4() + "/32");
        try (Sensor sensor = setup.start()) {
            for (String spared : List.of(ignored.v4(), resolver.v4(), inside.v4(), "10.77.0.1")) {
                assertThat(probeFrom(spared, TwoHosts.SENSOR_V4)).as(spared).contains("refused");
            }
            probeFrom(pardoned.v4(), TwoHosts.SENSOR_V4);
            assertThat(kernel.elements("fresh4")).containsOnlyKeys(pardoned.v4());
            sensor.awaitBlockedFile(pardoned.v4());
            setup.ignore(ignored.v4(), pardoned.v4());
            sensor.process().hangUp();
            sensor.awaitConsole("Host " + pardoned.v4() + " is no longer blocked");
            kernel.awaitNotBlocked(pardoned.v4());
            assertThat(probeFrom(pardoned.v4(), TwoHosts.SENSOR_V4)).contains("refused");
            await().pollDelay(Duration.ofSeconds(5)).until(() -> true);
            // A home network is judged by the daemon alone, which spares nobody of it who asks for a trap of this host.
            assertThat(kernel.blocked()).containsExactly(inside.v4());
            assertThat(sensor.blocked()).hasSize(1);
        } finally {
            lab.hosts().onSensor("ip route del default");
        }
    }

    @Test
    void onlyTheNamedInterface_counts() {
        try (Sensor sensor = setup.start("-i", "near2")) {
            assertThat(scanner.connect(11)).contains("refused");
            assertThat(kernel.blocked()).isEmpty();
            probeFrom("10.79.0.1", SECOND_V4);
            assertThat(kernel.blocked()).containsExactly("10.79.0.1");
            sensor.awaitConsole("Scan from: \\[10.79.0.1\\] .*" + Expected.BLOCKED);
            assertThat(sensor.linesAbout(scanner.v4())).isEmpty();
        }
    }

    @Test
    void services_areNoTrapsWhereAndWhileTheyAreOpen() {
        List<String> prefix = lab.hosts().sensorPrefix();
        try (Sensor sensor = setup.start()) {
            try (RealServices services = new RealServices(prefix, "111")) {
                assertThat(ask(TwoHosts.SENSOR_V4, 50, "111")).isEqualTo("50 of 50");
                // The server's end of each connection is left in TIME_WAIT.
                assertThat(RealServices.askAgain(lab.hosts(), CLIENT_V4, 40_111, TwoHosts.SENSOR_V4, 111, 5))
                        .isEqualTo("5 of 5");
                lab.hosts().onSensor("sysctl -q -w net.ipv4.tcp_syncookies=2");
                assertThat(ask(TwoHosts.SENSOR_V4, 50, "111")).isEqualTo("50 of 50");
                lab.hosts().onSensor("sysctl -q -w net.ipv4.tcp_syncookies=1");
            }
            try (Socat bound = Socat.service(prefix, "TCP4-LISTEN:111,fork,bind=" + SECOND_V4);
                    Socat device = Socat.service(prefix, "TCP4-LISTEN:113,fork,so-bindtodevice=near2");
                    Socat six = Socat.service(prefix, "TCP6-LISTEN:112,fork,ipv6only=1")) {
                assertThat(lab.hosts().onScannerBash(echo(SECOND_V4, 111) + echo(SECOND_V4, 113)
                        + echo(TwoHosts.SENSOR_V6, 112))).isEqualTo("hello\nhello\nhello\n");
                assertThat(kernel.blocked()).isEmpty();
                scanner.connect(111);
                Scanner third = lab.newScanner();
                third.connect(113);
                Scanner other = lab.newScanner();
                other.connect(112);
                assertThat(kernel.blocked()).containsExactlyInAnyOrder(scanner.v4(), third.v4(), other.v4());
                sensor.awaitBlockedFile("Host: " + other.v4() + "/");
            }
            assertThat(sensor.linesAbout(CLIENT_V4)).isEmpty();
        }
    }

    private String ask(String target, int count, String port) {
        return RealServices.ask(lab.hosts(), CLIENT_V4, target, count, port);
    }

    private static String echo(String target, int port) {
        return "timeout 5 bash -c 'exec 3<>/dev/tcp/" + target + "/" + port + "; echo hello >&3; head -1 <&3'; ";
    }

    @Test
    void forwardedTraffic_isNoProbe_andIsBlockedWithItsSource() {
        try (Behind behind = new Behind(lab.hosts());
                RealServices services = new RealServices(behind.prefix(), "81");
                Sensor sensor = setup.start()) {
            assertThat(behindAnswers(scanner)).isEqualTo("1 of 1");
            scanner.connect(81);
            assertThat(kernel.elements("fresh4")).as("blocked by the kernel, for a port that is published").isEmpty();
            Scanner prober = lab.newScanner();
            prober.connect(11);
            assertThat(kernel.elements("fresh4")).containsOnlyKeys(prober.v4());
            assertThat(behindAnswers(prober)).isEqualTo("0 of 1");
        }
    }

    private String behindAnswers(Scanner to) {
        return RealServices.ask(lab.hosts(), to.v4(), Behind.ADDRESS, 1, "81");
    }

    @ParameterizedTest
    @CsvSource({"SCAN_TRIGGER, 3, --stealth, SCAN_TRIGGER", "BLOCK_VERIFIED_ONLY, 1, --stealth, BLOCK_VERIFIED_ONLY",
        "BLOCK_METHOD, iptables, --stealth, BLOCK_METHOD", "KILL_ROUTE, true $TARGET$, --stealth, KILL_ROUTE",
        "BLOCK_UDP, 1, --connect, off the wire", "BLOCK_UDP, 0, -tcp, off the wire"})
    void whereItCannotWork_autoIsOffAndOneIsToldSo(String key, String value, String mode, String reason) {
        setup.set("TCP_PORTS", "1,11").set("UDP_PORTS", "1,11").set(key, value);
        try (Sensor sensor = setup.start(mode)) {
            assertThat(kernel.hasTrapRules()).isFalse();
            assertThat(sensor.console("BLOCK_OFFLOAD")).isEmpty();
            setup.set("BLOCK_OFFLOAD", "1").write();
            sensor.process().hangUp();
            sensor.awaitConsole("WARN.*BLOCK_OFFLOAD is 1 and has no effect: .*" + reason);
            sensor.awaitConsole("Reloaded");
            assertThat(kernel.hasTrapRules()).isFalse();
        }
    }

    @ParameterizedTest
    @CsvSource({"-atcp, -audp, '1-112,114-138,140-1500', '1-66,68-136,139-519,521-1200', 1500, 113",
        "-stcp, -sudp, '11,20-30', 500, 25, 12"})
    void oldModes_haveTheirPortSets(String tcp, String udp, String tcpSet, String udpSet, int trap, int free) {
        setup.set("TCP_PORTS", "11,20-30").set("UDP_PORTS", "500").set("BLOCK_UDP", "1");
        setup.set("ADVANCED_PORTS_TCP", "1500").set("ADVANCED_PORTS_UDP", "1200");
        try (Sensor sensor = setup.start(tcp, udp)) {
            assertThat(kernel.elements("trap_tcp").keySet()).containsExactly(tcpSet.split(","));
            assertThat(kernel.elements("trap_udp").keySet()).containsExactly(udpSet.split(","));
            assertThat(scanner.connect(free)).contains("refused");
            assertThat(kernel.blocked()).isEmpty();
            scanner.connect(trap);
            assertThat(kernel.blocked()).containsExactly(scanner.v4());
            sensor.awaitConsole(Expected.attack("TCP SYN/Normal scan", scanner.v4(), "TCP", trap));
        }
    }
}
