package org.edgesentry.netty.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.edgesentry.netty.lab.Shell;
import org.edgesentry.netty.lab.Socat;
import org.edgesentry.netty.lab.TwoHosts;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** All ports are traps in -atcp and -audp, but never while a service or a question of this host uses them. */
class OwnServicesIT {

    private static final String SECOND_V4 = "10.78.0.2";
    private static final int PORT = 4_111;
    private static final int FIRST_SENTINEL = 7;
    private static final int FIRST_DATA_PORT = 40_421;
    private static final int DATA_PORTS = 20;

    private static TwoHosts hosts;

    @TempDir
    private Path directory;
    private SentryProcess sentry;
    private int nextSentinel = FIRST_SENTINEL;

    @BeforeAll
    static void openLab() {
        Shell.need("nmap", "nmap");
        hosts = new TwoHosts();
        hosts.link("far2", "near2", "10.78.0", "fd78::");
    }

    @AfterAll
    static void closeLab() {
        hosts.close();
    }

    @BeforeEach
    void start() throws IOException {
        Path configuration = Files.writeString(directory.resolve("portsentry.conf"), """
                ADVANCED_PORTS_TCP="65535"
                ADVANCED_PORTS_UDP="65535"
                BLOCK_TCP="0"
                BLOCK_UDP="0"
                HISTORY_FILE="%1$s/history"
                BLOCKED_FILE="%1$s/blocked"
                CONTROL_SOCKET="%1$s/socket"
                STATE_DIR="%1$s/state"
                """.formatted(directory));
        sentry = new SentryProcess(hosts.sensorPrefix(), "-c", configuration.toString(), "-atcp", "-audp")
                .awaitReady();
    }

    @AfterEach
    void stop() {
        sentry.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {TwoHosts.SENSOR_V4, TwoHosts.SENSOR_V6})
    void service_startedAndStopped_isNoTrapMeanwhile(String address) {
        try (Socat service = Socat.service(hosts.sensorPrefix(), "TCP6-LISTEN:" + PORT + ",ipv6only=0,fork")) {
            talk(address, PORT);
            assertUnseen("TCP", PORT);
        }
        connect(address, PORT);
        awaitAlert("TCP", PORT);
    }

    @ParameterizedTest
    @ValueSource(strings = {TwoHosts.SENSOR_V4, TwoHosts.SENSOR_V6})
    void udpService_startedAndStopped_isNoTrapMeanwhile(String address) {
        try (Socat service = Socat.service(hosts.sensorPrefix(), "UDP6-RECVFROM:" + PORT + ",ipv6only=0,fork")) {
            send(address, PORT);
            assertUnseen("UDP", PORT);
        }
        send(address, PORT);
        awaitAlert("UDP", PORT);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "TCP4-LISTEN:4111,bind=127.0.0.1,fork | - | 10.77.0.2 10.78.0.2 fd77::2",
        "TCP4-LISTEN:4111,bind=10.77.0.2,fork | 10.77.0.2 | 10.78.0.2 fd77::2",
        "TCP4-LISTEN:4111,fork | 10.77.0.2 10.78.0.2 | fd77::2",
        "TCP6-LISTEN:4111,ipv6only=1,fork | fd77::2 | 10.77.0.2",
        "TCP4-LISTEN:4111,so-bindtodevice=near,fork | 10.77.0.2 | 10.78.0.2"})
    void service_isNoTrapWhereItListens_andATrapElsewhere(String socket, String open, String trapped) {
        try (Socat service = Socat.service(hosts.sensorPrefix(), socket)) {
            for (String address : open.replace("-", "").strip().split(" ")) {
                talk(address, PORT);
            }
            assertUnseen("TCP", PORT);
            for (String address : trapped.split(" ")) {
                connect(address, PORT);
                String scanner = address.startsWith("10.78") ? "10.78.0.1"
                        : address.contains(":") ? TwoHosts.SCANNER_V6 : TwoHosts.SCANNER_V4;
                awaitLine(scanner + "/" + scanner, "TCP", PORT);
            }
        }
    }

    /** A packet for the bridge is captured on its port, too; that the two belong together is read twice a second. */
    @Test
    void service_boundToABridge_isNoTrapForWhatComesThroughIt() {
        hosts.link("far3", "near3", "10.79.0", "fd79::");
        hosts.onSensor("ip link add bridge type bridge");
        hosts.onSensor("ip addr flush dev near3");
        hosts.onSensor("ip link set near3 master bridge");
        hosts.onSensor("ip addr add 10.79.0.2/24 dev bridge");
        hosts.onSensor("ip link set bridge up");
        try (Socat service = Socat.service(hosts.sensorPrefix(), "TCP4-LISTEN:" + PORT
                + ",so-bindtodevice=bridge,fork")) {
            await().pollDelay(Duration.ofSeconds(1)).until(() -> true);
            talkWhenThere("10.79.0.2", PORT);
            assertUnseen("TCP", PORT);
            connect(TwoHosts.SENSOR_V4, PORT);
            awaitAlert("TCP", PORT);
        }
    }

    @Test
    void udpService_onOneAddress_isATrapOnTheOther() {
        try (Socat service = Socat.service(hosts.sensorPrefix(), "UDP4-RECVFROM:" + PORT
                + ",bind=" + SECOND_V4 + ",fork")) {
            send(SECOND_V4, PORT);
            assertUnseen("UDP", PORT);
            send(TwoHosts.SENSOR_V4, PORT);
            awaitAlert("UDP", PORT);
        }
    }

    /** The last line tells what the daemon was handed over. */
    @Test
    void servedPort_isNotCapturedAtAll() {
        try (Socat service = Socat.service(hosts.sensorPrefix(), "TCP6-LISTEN:" + PORT + ",ipv6only=0,fork")) {
            await().pollDelay(Duration.ofSeconds(2)).until(() -> true);
            for (int i = 0; i < 20; i++) {
                talk(TwoHosts.SENSOR_V4, PORT);
            }
            assertThat(sentry.terminate()).isZero();
        }
        assertThat(sentry.lines()).last().asString().contains(" 0 possible answers", " 0 unwatched");
    }

    /** Each port is opened, taken by one client at once, and closed with that client. */
    @Test
    void shortLivedDataPorts_areLeftAlone() {
        probeSentinel();
        IntStream.range(FIRST_DATA_PORT, FIRST_DATA_PORT + DATA_PORTS).forEach(port -> {
            try (Socat data = Socat.service(hosts.sensorPrefix(), "TCP6-LISTEN:" + port + ",ipv6only=0")) {
                transfer(TwoHosts.SENSOR_V4, port);
            }
        });
        probeSentinel();
        assertThat(alerts()).noneMatch(line -> line.contains(" port: 404"));
    }

    @Test
    void formerClients_areNoScanners() {
        try (Socat service = Socat.service(hosts.sensorPrefix(), "TCP4-LISTEN:" + PORT + ",fork")) {
            talk(TwoHosts.SENSOR_V4, PORT);
            // A service that is gone before its client is judged would be none.
            probeSentinel();
        }
        scan("-sA");
        scan("-sM");
        assertUnseen("TCP", PORT);
        scan("-sF");
        awaitAlert("TCP", PORT);
    }

    @ParameterizedTest
    @CsvSource({"UDP4, 10.77.0.1", "UDP6, [fd77::1]"})
    void answerToAQuestionOfOurs_isNoScan_alsoWhenItComesLate(String family, String resolver) {
        String echo = family + "-RECVFROM:53,fork";
        try (Socat answering = Socat.answering(hosts.scannerPrefix(), echo, "cat; sleep 3; echo late")) {
            ask(family, resolver, 40_500);
            await().pollDelay(Duration.ofSeconds(4)).until(() -> true);
            assertUnseen("UDP", 40_500);
        }
        send(resolver.contains("[") ? TwoHosts.SENSOR_V6 : TwoHosts.SENSOR_V4, 40_500);
        awaitAlert("UDP", 40_500);
    }

    /** Asks from a port of ours and closes it a moment later. */
    private static void ask(String family, String resolver, int port) {
        hosts.onSensor("timeout 2 socat -u EXEC:hostname " + family + "-SENDTO:" + resolver + ":53,sourceport=" + port);
    }

    private static void scan(String technique) {
        hosts.onScanner("nmap -n -Pn " + technique + " --max-retries 0 --host-timeout 10s -p " + PORT + " "
                + TwoHosts.SENSOR_V4);
    }

    /** A conversation with a service that echoes. */
    private static void talk(String address, int port) {
        if (!address.isEmpty()) {
            assertThat(hosts.onScannerBash("timeout 5 bash -c 'exec 3<>/dev/tcp/" + address + "/" + port
                    + "; echo hello >&3; head -1 <&3'")).isEqualTo("hello\n");
        }
    }

    /** A connection that lasts a tenth of a second, as that of a small file. */
    private static void transfer(String address, int port) {
        hosts.onScannerBash("timeout 5 bash -c 'exec 3<>/dev/tcp/" + address + "/" + port
                + "; echo data >&3; sleep 0.1'");
    }

    private static void talkWhenThere(String address, int port) {
        await(address + " answers").atMost(Duration.ofSeconds(20)).untilAsserted(() -> talk(address, port));
    }

    private static void connect(String address, int port) {
        hosts.onScannerBash("timeout 1 bash -c '</dev/tcp/" + address + "/" + port + "' 2>&1 || true");
    }

    private static void send(String address, int port) {
        hosts.onScannerBash("echo hello >/dev/udp/" + address + "/" + port);
    }

    private void assertUnseen(String protocol, int port) {
        probeSentinel();
        assertThat(alerts()).noneMatch(line -> line.endsWith(" to " + protocol + " port: " + port));
    }

    /** What was sent before this was judged before this. */
    private void probeSentinel() {
        int sentinel = nextSentinel++;
        connect(TwoHosts.SENSOR_V4, sentinel);
        awaitAlert("TCP", sentinel);
    }

    private void awaitAlert(String protocol, int port) {
        awaitLine("", protocol, port);
    }

    private void awaitLine(String host, String protocol, int port) {
        String end = host + " to " + protocol + " port: " + port;
        await("line that ends with " + end).atMost(Duration.ofSeconds(10)).pollInterval(Duration.ofMillis(20))
                .until(() -> alerts().stream().anyMatch(line -> line.contains(" scan from host: ")
                        && line.endsWith(end)));
    }

    private List<String> alerts() {
        return sentry.lines().stream().filter(line -> line.contains("attackalert")).toList();
    }
}
