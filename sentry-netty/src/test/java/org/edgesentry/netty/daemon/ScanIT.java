package org.edgesentry.netty.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.edgesentry.netty.lab.GreetingService;
import org.edgesentry.netty.lab.Shell;
import org.edgesentry.netty.lab.TwoHosts;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** nmap in one namespace, the daemon in the other, the kernel's own firewall between them. */
class ScanIT {

    private static final int SERVICE = 8080;
    private static final String TRAPS = "1,11,15,79,111,119,143,540,635";
    private static final String FLAGS_BLOCKED =
            "ignored: \\[false\\] triggered: \\[true\\] noblock: \\[false\\] blocked: \\[true\\]";

    private static TwoHosts hosts;
    private static GreetingService service;

    @TempDir
    private Path directory;

    @BeforeAll
    static void openLab() throws IOException {
        Shell.need("nmap", "nmap");
        Shell.need("nft", "nftables");
        hosts = new TwoHosts();
        service = new GreetingService(hosts.sensorPrefix(), SERVICE);
    }

    @AfterAll
    static void closeLab() {
        service.close();
        hosts.close();
    }

    @BeforeEach
    void clearTable() {
        hosts.onSensor("nft flush ruleset");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ring", "pcap"})
    void synScan_inStealthMode_isReportedAndShutOut(String method) throws IOException {
        hosts.onSensor("nft add table inet somebody_elses");
        try (SentryProcess sentry = start("BLOCK_TCP=\"1\"", "--stealth", "-m", method)) {
            hosts.onScanner("nmap -n -Pn -sS --min-rate 1000 --max-retries 0 -p 1-1024 " + TwoHosts.SENSOR_V4);
            awaitBlocked("blocked4", TwoHosts.SCANNER_V4);

            sentry.awaitLine("attackalert: Host 10\\.77\\.0\\.1 has been blocked via dropped route using command: "
                    + "\"nft add element inet edge_sentry blocked4 \\{ 10\\.77\\.0\\.1 timeout 3600s \\}\"");
            await().untilAsserted(() -> assertThat(history()).isNotEmpty());
            assertThat(history()).allMatch(line -> line.matches(
                    "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}[+-]\\d{4} Scan from: \\[10\\.77\\.0\\.1\\] "
                    + "\\(10\\.77\\.0\\.1\\) protocol: \\[TCP\\] port: \\[\\d+\\] type: \\[TCP SYN/Normal scan\\] "
                    + "IP opts: \\[not set\\] " + FLAGS_BLOCKED));
            assertThat(canReachService("10.77.0.2")).isFalse();
            assertThat(hosts.onSensor("nft list tables")).contains("table inet somebody_elses");
            assertThat(hosts.onSensor("nft list table inet somebody_elses")).doesNotContain("drop");
            assertThat(sentry.terminate()).isZero();
        }
        assertThat(history()).hasSize(31).last().asString()
                .contains("Scan from: [10.77.0.1] (10.77.0.1) ended:");
        assertThat(Files.readString(directory.resolve("blocked")))
                .matches("\\d+ - \\d\\d/\\d\\d/\\d{4} \\d\\d:\\d\\d:\\d\\d Host: 10\\.77\\.0\\.1/10\\.77\\.0\\.1 "
                        + "Port: \\d+ TCP Blocked\n");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "-sT | TCP | TCP SYN/Normal scan",
        "-sF | TCP | TCP FIN scan",
        "-sX | TCP | TCP XMAS scan",
        "-sN | TCP | TCP NULL scan",
        "-sM | TCP | TCP Maimon scan",
        "-sA | TCP | TCP ACK scan",
        "-sW | TCP | TCP ACK scan",
        "-sS -f | TCP | TCP SYN/Normal scan",
        "-sS --scanflags SYNFIN | TCP | Unknown Type: TCP Packet Flags: SYN: 1 FIN: 1 ACK: 0 PSH: 0 URG: 0 RST: 0",
        "-sU | UDP | UDP",
        "-sY | SCTP | SCTP INIT scan"})
    void technique_inStealthMode_isNamedOnEveryTrap(String options, String protocol, String type) throws IOException {
        try (SentryProcess sentry = start("BLOCK_TCP=\"0\"", "--stealth")) {
            hosts.onScanner("nmap -n -Pn " + options.strip() + " --max-retries 1 -p " + TRAPS + " "
                    + TwoHosts.SENSOR_V4);

            for (String port : TRAPS.split(",")) {
                awaitHistory("protocol: [" + protocol + "] port: [" + port + "] type: [" + type + "]");
            }
            assertThat(history()).hasSize(9).allMatch(line -> line.contains("noblock: [true] blocked: [false]"));
        }
    }

    @Test
    void connectScan_inConnectMode_isReportedAndShutOut() throws IOException {
        try (SentryProcess sentry = start("BLOCK_TCP=\"1\"", "--connect")) {
            hosts.onScanner("nmap -n -Pn -sT -p 11 " + TwoHosts.SENSOR_V4);
            awaitBlocked("blocked4", TwoHosts.SCANNER_V4);

            awaitHistory("protocol: [TCP] port: [11] type: [Connect] IP opts: [unknown]");
            assertThat(canReachService("10.77.0.2")).isFalse();
            assertThat(sentry.terminate()).isZero();
        }
    }

    @Test
    void everyTrap_inConnectMode_reportsConnectionsAndDatagrams() throws IOException {
        try (SentryProcess sentry = start("BLOCK_TCP=\"0\"", "--connect")) {
            hosts.onScanner("nmap -n -Pn -sT -sU --max-retries 1 -p T:" + TRAPS + ",U:" + TRAPS + " "
                    + TwoHosts.SENSOR_V4);

            for (String port : TRAPS.split(",")) {
                awaitHistory("protocol: [TCP] port: [" + port + "] type: [Connect]");
                awaitHistory("protocol: [UDP] port: [" + port + "] type: [Connect]");
            }
        }
    }

    @Test
    void banner_isSentBeforeTheTrapCloses() throws IOException {
        try (SentryProcess sentry = start("BLOCK_TCP=\"0\"\nPORT_BANNER=\"Go away\"", "--connect")) {
            assertThat(hosts.onScannerBash("cat < /dev/tcp/10.77.0.2/11")).isEqualTo("Go away\n");
            awaitHistory("port: [11] type: [Connect]");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"--stealth", "--connect"})
    void ipv6Scan_isReportedAndOnlyTheScannerShutOut(String mode) throws IOException {
        try (SentryProcess sentry = start("BLOCK_TCP=\"1\"", mode)) {
            hosts.onScanner("nmap -6 -n -Pn -sT --max-retries 1 -p " + TRAPS + " " + TwoHosts.SENSOR_V6);
            awaitBlocked("blocked6", TwoHosts.SCANNER_V6);

            awaitHistory("Scan from: [fd77::1] (fd77::1) protocol: [TCP]");
            assertThat(canReachService("fd77::2")).isFalse();
            assertThat(canReachService("10.77.0.2")).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"--stealth", "--connect"})
    void ignoredSource_isNeitherReportedNorBlocked(String mode) throws IOException {
        Path ignore = Files.writeString(directory.resolve("ignore"), "10.77.0.0/24 # the lab\nfd77::1\n");
        try (SentryProcess sentry = start("BLOCK_TCP=\"1\"\nIGNORE_FILE=\"" + ignore + "\"", mode)) {
            hosts.onScanner("nmap -n -Pn -sT -p " + TRAPS + " " + TwoHosts.SENSOR_V4);
            hosts.onScanner("nmap -6 -n -Pn -sT --max-retries 1 -p " + TRAPS + " " + TwoHosts.SENSOR_V6);
            assertThat(canReachService("10.77.0.2")).isTrue();
            assertThat(sentry.terminate()).isZero();

            assertThat(sentry.alerts()).isEmpty();
            assertThat(history()).isEmpty();
            assertThat(sentry.lines()).last().asString().contains("18 from ignored hosts");
        }
    }

    @Test
    void honestClients_raiseNothing() throws IOException {
        try (SentryProcess sentry = start("BLOCK_TCP=\"1\"\nBLOCK_UDP=\"1\"", "--stealth")) {
            for (int i = 0; i < 20; i++) {
                assertThat(canReachService("10.77.0.2")).isTrue();
                assertThat(canReachService("fd77::2")).isTrue();
            }
            assertThat(sentry.terminate()).isZero();

            assertThat(sentry.alerts()).isEmpty();
            assertThat(history()).isEmpty();
        }
    }

    @Test
    void openService_insideTheTrapRange_isNoTrap() throws IOException {
        try (GreetingService inRange = new GreetingService(hosts.sensorPrefix(), 119);
                SentryProcess sentry = start("BLOCK_TCP=\"1\"", "--stealth")) {
            assertThat(hosts.onScannerBash("head -1 < /dev/tcp/10.77.0.2/119")).contains(GreetingService.GREETING);
            sentry.awaitLine("No traps while a service of this host has them open: TCP 119");
            assertThat(sentry.terminate()).isZero();
            assertThat(sentry.alerts()).isEmpty();
        }
    }

    @Test
    void scanTrigger_three_blocksAtTheThirdHit() throws IOException {
        try (SentryProcess sentry = start("BLOCK_TCP=\"1\"\nSCAN_TRIGGER=\"3\"", "--stealth")) {
            hosts.onScanner("nmap -n -Pn -sS --max-retries 0 -p 1,11 " + TwoHosts.SENSOR_V4);
            awaitHistory("port: [11] type: [TCP SYN/Normal scan] IP opts: [not set] ignored: [false] "
                    + "triggered: [false] noblock: [unset] blocked: [unset]");
            assertThat(canReachService("10.77.0.2")).isTrue();

            hosts.onScanner("nmap -n -Pn -sS --max-retries 0 -p 15 " + TwoHosts.SENSOR_V4);
            awaitBlocked("blocked4", TwoHosts.SCANNER_V4);
            awaitHistory("port: [15] type: [TCP SYN/Normal scan] IP opts: [not set] ignored: [false] "
                    + "triggered: [true] noblock: [false] blocked: [true]");
        }
    }

    private SentryProcess start(String settings, String... options) throws IOException {
        Path configuration = Files.writeString(directory.resolve("portsentry.conf"), """
                TCP_PORTS="1-1024"
                UDP_PORTS="1-1024"
                HISTORY_FILE="%1$s/history"
                BLOCKED_FILE="%1$s/blocked"
                CONTROL_SOCKET="%1$s/socket"
                STATE_DIR="%1$s/state"
                """.formatted(directory).replace("\"1-1024\"", List.of(options).contains("--connect")
                        ? "\"" + TRAPS + "\"" : "\"1-1024\"") + settings + "\n");
        String[] arguments = new String[options.length + 2];
        System.arraycopy(options, 0, arguments, 2, options.length);
        arguments[0] = "-c";
        arguments[1] = configuration.toString();
        return new SentryProcess(hosts.sensorPrefix(), arguments).awaitReady();
    }

    private List<String> history() throws IOException {
        Path file = directory.resolve("history");
        return Files.exists(file) ? Files.readAllLines(file) : List.of();
    }

    private void awaitHistory(String text) {
        await("history line with " + text).atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> assertThat(history()).anyMatch(line -> line.contains(text)));
    }

    private static void awaitBlocked(String set, String address) {
        await(address + " in " + set).atMost(Duration.ofSeconds(10)).untilAsserted(() ->
                assertThat(hosts.onSensor("nft list set inet edge_sentry " + set))
                        .containsPattern(address + " timeout 1h expires (5\\dm\\d+s|1h)"));
    }

    private static boolean canReachService(String address) {
        try {
            return hosts.onScannerBash("timeout 1 bash -c 'head -1 < /dev/tcp/" + address + "/" + SERVICE + "'")
                    .contains(GreetingService.GREETING);
        } catch (AssertionError noAnswer) {
            return false;
        }
    }
}
