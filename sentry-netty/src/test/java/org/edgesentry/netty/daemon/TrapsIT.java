package org.edgesentry.netty.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.edgesentry.netty.lab.Shell;
import org.edgesentry.netty.lab.Socat;
import org.edgesentry.netty.lab.TwoHosts;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Bound and steered traps: what a peer in another namespace gets from them. */
class TrapsIT {

    private static final String BANNER = "PORT_BANNER=\"nothing here\"";
    private static final String ALL_PORTS = "1-65535";

    private static TwoHosts hosts;

    @TempDir
    private Path directory;

    @BeforeAll
    static void openLab() {
        Shell.need("nmap", "nmap");
        Shell.need("nft", "nftables");
        Shell.need("socat", "socat");
        Shell.need("ss", "iproute2");
        hosts = new TwoHosts();
    }

    @AfterAll
    static void closeLab() {
        hosts.close();
    }

    @BeforeEach
    void clearTable() {
        hosts.onSensor("nft flush ruleset");
    }

    @Test
    void thousandTrapsOfEachProtocol_areOpenInBothFamiliesWithinTwoHundredMegabytes() throws IOException {
        try (SentryProcess sentry = start("1-1000", "1-1000", "")) {
            sentry.awaitLine("4000 sockets for IPv4 and IPv6.*1000 TCP and 1000 UDP traps");
            assertThat(openTcp("-4", TwoHosts.SENSOR_V4, "1-1000")).isEqualTo(1000);
            assertThat(openTcp("-6", TwoHosts.SENSOR_V6, "1-1000")).isEqualTo(1000);
            assertThat(sentry.residentBytes()).isLessThan(200 << 20);
        }
    }

    @ParameterizedTest
    @CsvSource({"10.77.0.2, 0", "[fd77::2], 0", "10.77.0.2, 1", "[fd77::2], 1"})
    void banner_reachesPeersOverTcpAndUdp_fromTheAddressThatWasAsked(String address, String steer) throws IOException {
        try (SentryProcess sentry = start("111,540", "111,540", BANNER + "\nTRAP_STEER=\"" + steer + "\"")) {
            // A peer that has sent something must not lose the banner to a reset.
            assertThat(hosts.onScannerBash("echo hello | timeout 3 socat -t2 - TCP:" + address + ":111"))
                    .isEqualTo("nothing here\n");
            assertThat(askUdp(address, 540)).isEqualTo("nothing here\n");
            sentry.awaitLine("protocol: \\[TCP\\] port: \\[111\\] type: \\[Connect\\]");
            sentry.awaitLine("protocol: \\[UDP\\] port: \\[540\\] type: \\[Connect\\]");
        }
    }

    @Test
    void udpReplies_toOneSource_areThreeAtOnce() throws IOException {
        try (SentryProcess sentry = start("111", "111", BANNER)) {
            for (int i = 0; i < 3; i++) {
                assertThat(askUdp(TwoHosts.SENSOR_V4, 111)).isNotEmpty();
            }
            assertThat(askUdp(TwoHosts.SENSOR_V4, 111)).isEmpty();
            assertThat(askUdp("[" + TwoHosts.SENSOR_V6 + "]", 111)).isNotEmpty();
        }
    }

    @Test
    void udpReply_isNotSentToAPortThatMayAnswerInItsTurn() throws IOException {
        try (SentryProcess sentry = start("111", "111", BANNER)) {
            assertThat(hosts.onScannerBash("echo x | timeout 2 socat -t1 - UDP:10.77.0.2:111,sourceport=53")).isEmpty();
            sentry.awaitLine("protocol: \\[UDP\\] port: \\[111\\]");
        }
    }

    @Test
    void reset_isSeenByThePeer() throws IOException {
        try (SentryProcess sentry = start("111", "", "TRAP_RESPONSE=\"reset\"")) {
            assertThat(hosts.onScannerBash("exec 3<>/dev/tcp/10.77.0.2/111; timeout 3 cat <&3 2>&1 || true"))
                    .contains("Connection reset by peer");
        }
    }

    @Test
    void tarpit_holdsSixtyFourOfOneSource_untilThePeerEnds() throws IOException {
        try (SentryProcess sentry = start("111", "", "TRAP_RESPONSE=\"tarpit\"")) {
            Process peer = new ProcessBuilder(withScanner("bash", "-c", "for i in {1..80}; do "
                    + "exec {fd}<>/dev/tcp/10.77.0.2/111; done; exec sleep 60")).start();
            try {
                sentry.awaitLine("port: \\[111\\]");
                await().untilAsserted(() -> assertThat(hosts.onScanner("ss -Htn state close-wait").lines())
                        .hasSize(16));
                await().untilAsserted(() -> assertThat(hosts.onSensor("ss -Htn state established").lines())
                        .hasSize(64));
            } finally {
                peer.destroyForcibly();
            }
            await().untilAsserted(() -> assertThat(hosts.onSensor("ss -Htn sport = :111")).isEmpty());
        }
    }

    @Test
    void portOfAService_isATrapWhereTheServiceIsNot_andEverywhereOnceItStops() throws IOException {
        Socat service = Socat.service(hosts.sensorPrefix(), "TCP4-LISTEN:111,fork,bind=10.77.0.2");
        try (SentryProcess sentry = start("111,540", "", "")) {
            sentry.awaitLine("Not a trap: TCP port 111 over IPv4: a service of this host has it open");
            assertThat(openTcp("-6", TwoHosts.SENSOR_V6, "111")).isEqualTo(1);
            sentry.awaitLine("\\[fd77::1\\].*port: \\[111\\]");
            service.close();
            await().atMost(Duration.ofSeconds(10)).untilAsserted(() -> {
                assertThat(openTcp("-4", TwoHosts.SENSOR_V4, "111")).isEqualTo(1);
                assertThat(sentry.alerts()).anyMatch(line -> line.contains("[10.77.0.1]"));
            });
        } finally {
            service.close();
        }
    }

    @Test
    void serviceOnLoopback_leavesThePortATrapForOthers() throws IOException {
        try (Socat service = Socat.service(hosts.sensorPrefix(), "TCP4-LISTEN:111,fork,bind=127.0.0.1");
                SentryProcess sentry = start("111", "", "")) {
            assertThat(openTcp("-4", TwoHosts.SENSOR_V4, "111")).isEqualTo(1);
            sentry.awaitLine("Scan from: \\[10\\.77\\.0\\.1\\].*port: \\[111\\]");
            assertThat(sentry.lines()).noneMatch(line -> line.contains("Not a trap"));
        }
    }

    @Test
    void steering_makesTrapsOfAllPortsButThoseOfServices() throws IOException {
        try (Socat service = Socat.service(hosts.sensorPrefix(), "TCP-LISTEN:8080,fork,reuseaddr");
                SentryProcess sentry = start(ALL_PORTS, ALL_PORTS, "")) {
            sentry.awaitLine("steered to 4 listeners");
            assertThat(openTcp("-4", TwoHosts.SENSOR_V4, "1-20000")).isEqualTo(20_000);
            sentry.awaitLine("port: \\[");
            assertThat(hosts.onScannerBash("echo mine | timeout 3 socat -t1 - TCP4:10.77.0.2:8080"))
                    .isEqualTo("mine\n");
            assertThat(sentry.lines()).noneMatch(line -> line.contains("port: [8080]"));
            sentry.terminate();
        }
        assertThat(hosts.onSensor("nft list ruleset")).isEmpty();
    }

    @Test
    void serviceThatStarts_isNotSteered_andItsPortIsATrapAgainWhenItStops() throws IOException {
        try (SentryProcess sentry = start(ALL_PORTS, ALL_PORTS, "")) {
            try (Socat service = Socat.service(hosts.sensorPrefix(), "UDP-RECVFROM:5000,fork")) {
                assertThat(askUdp(TwoHosts.SENSOR_V4, 5000)).isEqualTo("x\n");
                assertThat(sentry.alerts()).isEmpty();
            }
            askUdp(TwoHosts.SENSOR_V4, 5000);
            sentry.awaitLine("protocol: \\[UDP\\] port: \\[5000\\]");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"nft flush ruleset", "nft delete table inet edge_sentry",
        "nft flush chain inet edge_sentry steer_to"})
    void steeringThatSomebodyFlushes_isMended(String command) throws IOException {
        try (SentryProcess sentry = start(ALL_PORTS, "", "")) {
            hosts.onSensor(command);
            sentry.awaitLine("have been put back");
            assertThat(openTcp("-4", TwoHosts.SENSOR_V4, "111")).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @CsvSource({"10.77.0.1, 4", "[fd77::1], 6"})
    void lateAnswerToAQuestionOfThisHost_isNoProbe(String address, String family) throws IOException {
        try (SentryProcess sentry = start(ALL_PORTS, ALL_PORTS, "");
                Socat server = Socat.answering(hosts.scannerPrefix(), "UDP" + family + "-RECVFROM:5300,fork",
                        "sleep 1; echo late")) {
            Shell.run(sensor("echo q | socat -t0.1 - UDP" + family + ":" + address + ":5300,sourceport=5301"));
            // The answer comes after a second; what is sent after it is seen after it.
            Shell.run(List.of("sleep", "1.5"));
            askUdp(family.equals("4") ? TwoHosts.SENSOR_V4 : "[" + TwoHosts.SENSOR_V6 + "]", 5302);
            sentry.awaitLine("port: \\[5302\\]");
            assertThat(sentry.alerts()).noneMatch(line -> line.contains("port: [5301]"));
        }
    }

    @Test
    void rulesOfARunThatWasKilled_areTakenAwayByTheNext() throws IOException {
        try (SentryProcess killed = start(ALL_PORTS, "", "")) {
            killed.kill();
        }
        assertThat(hosts.onSensor("nft list ruleset")).contains("chain steer");
        try (SentryProcess sentry = start("111", "", "")) {
            assertThat(hosts.onSensor("nft list ruleset")).doesNotContain("steer");
            assertThat(openTcp("-4", TwoHosts.SENSOR_V4, "111")).isEqualTo(1);
        }
    }

    @Test
    void blockedSource_isNotSteered() throws IOException {
        try (SentryProcess sentry = start(ALL_PORTS, "", "BLOCK_TCP=\"1\"")) {
            openTcp("-4", TwoHosts.SENSOR_V4, "111");
            sentry.awaitLine("10\\.77\\.0\\.1 has been blocked");
            assertThat(openTcp("-4", TwoHosts.SENSOR_V4, "112")).isZero();
            assertThat(sentry.terminate()).isZero();
        }
        assertThat(hosts.onSensor("nft list ruleset")).contains("blocked4").doesNotContain("steer");
    }

    @Test
    void terminate_inTheMiddleOfTheStart_leavesNoSteeringRules() throws IOException {
        try (SentryProcess sentry = new SentryProcess(hosts.sensorPrefix(), "--connect", "-c",
                configuration(ALL_PORTS, ALL_PORTS, "").toString())) {
            await().atMost(Duration.ofSeconds(20)).pollInterval(Duration.ofMillis(10)).untilAsserted(() ->
                    assertThat(hosts.onSensor("nft list ruleset")).contains("chain steer"));
            assertThat(sentry.terminate()).isZero();
        }
        assertThat(hosts.onSensor("nft list ruleset")).doesNotContain("steer");
    }

    @Test
    void limitOfOpenFiles_thatCannotBeRaised_isNamedWithTheNumberThatIsNeeded() throws IOException {
        List<String> prefix = new ArrayList<>(hosts.sensorPrefix());
        prefix.addAll(List.of("prlimit", "--nofile=600:600", "setpriv", "--bounding-set=-sys_resource",
                "--inh-caps=-sys_resource"));
        try (SentryProcess sentry = new SentryProcess(prefix, "--connect", "-c",
                configuration("1-300", "", "TRAP_STEER=\"0\"").toString()).awaitReady()) {
            sentry.awaitLine("Not a trap: TCP ports 173-300: too many open files: 600 are allowed and 856 needed; set"
                    + " LimitNOFILE=856");
            assertThat(openTcp("-4", TwoHosts.SENSOR_V4, "1-172")).isEqualTo(172);
        }
    }

    private static String askUdp(String address, int port) {
        return hosts.onScannerBash("echo x | timeout 2 socat -t0.5 - UDP:" + address + ":" + port + " 2>&1 || true")
                .replaceAll("(?m)^.*refused\\n", "");
    }

    private static int openTcp(String family, String address, String ports) {
        String output = hosts.onScanner("nmap -n -Pn -sT --open --host-timeout 20s --min-rate 1000 "
                + (family.equals("-6") ? "-6 " : "") + "-p " + ports + " -oG - " + address);
        return output.split("/open/tcp/", -1).length - 1;
    }

    private static List<String> withScanner(String... command) {
        List<String> words = hosts.scannerPrefix();
        words.addAll(List.of(command));
        return words;
    }

    private static List<String> sensor(String script) {
        List<String> words = hosts.sensorPrefix();
        words.addAll(List.of("bash", "-c", script));
        return words;
    }

    private SentryProcess start(String tcp, String udp, String settings) throws IOException {
        return new SentryProcess(hosts.sensorPrefix(), "--connect", "-c", configuration(tcp, udp, settings).toString())
                .awaitReady();
    }

    private Path configuration(String tcp, String udp, String settings) throws IOException {
        return Files.writeString(directory.resolve("portsentry.conf"), """
                TCP_PORTS="%2$s"
                UDP_PORTS="%3$s"
                HISTORY_FILE="%1$s/history"
                CONTROL_SOCKET="%1$s/socket"
                STATE_DIR="%1$s/state"
                %4$s
                """.formatted(directory, tcp, udp, settings));
    }
}
