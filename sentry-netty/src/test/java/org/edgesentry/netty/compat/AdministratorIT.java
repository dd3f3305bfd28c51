package org.edgesentry.netty.compat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.edgesentry.netty.lab.GreetingService;
import org.edgesentry.netty.lab.TwoHosts;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A day of an administrator: lists change, services come up, addresses are added, names are asked for. */
class AdministratorIT extends BlackBox {

    private static final String SYN = "TCP SYN/Normal scan";

    @ParameterizedTest
    @ValueSource(strings = {"--stealth", "--connect"})
    void hangUp_withANewIgnoreEntry_liftsTheBlockAtOnce(String mode) {
        try (Sensor sensor = setup.ignore("# nobody").set("BLOCK_TCP", "1").start(mode)) {
            scanner.connect(11);
            sensor.awaitInFirewall(scanner.v4());
            sensor.awaitBlockedFile(scanner.v4());
            sensor.awaitHistory("Scan from: \\[" + scanner.v4());

            setup.ignore(scanner.v4() + "/32 # ours after all");
            sensor.process().hangUp();
            await("lifted").atMost(Duration.ofSeconds(5)).untilAsserted(() -> {
                assertThat(sensor.isInFirewall(scanner.v4())).as("console: %s", sensor.console()).isFalse();
                assertThat(sensor.blocked()).isEmpty();
            });
            assertThat(scanner.connect(65_000)).contains("refused");

            int lines = sensor.history().size();
            scanner.connect(15);
            sensor.awaitAllSeen(lab, scanner, "TCP");
            assertThat(sensor.console("port: \\[15\\]")).isEmpty();
            assertThat(sensor.history()).as("the last scanner's").hasSize(lines + 1);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.0.0.0/33", "not an address"})
    void hangUp_withABadIgnoreFile_keepsTheOldListAndSaysSo(String line) {
        try (Sensor sensor = setup.ignore(scanner.v4()).set("BLOCK_TCP", "1").start("--stealth")) {
            setup.ignore("10.0.0.1", line);
            sensor.process().hangUp();
            sensor.awaitConsole("ignore:2: ");
            scanner.nmap("-sS -p 11");
            sensor.awaitAllSeen(lab, scanner, "TCP");
            assertThat(sensor.history()).noneMatch(text -> text.contains("[" + scanner.v4() + "]"));
        }
    }

    @Test
    void hangUp_withABadConfiguration_keepsTheOldOneAndSaysSo() throws IOException {
        try (Sensor sensor = setup.start("--stealth")) {
            Files.writeString(directory.resolve("portsentry.conf"), "TCP_PORTS=\"1,banana\"\n");
            sensor.process().hangUp();
            sensor.awaitConsole("portsentry.conf:1: ");
            scanner.nmap("-sS -p 11");
            sensor.awaitHistory(Expected.scanInHistory(scanner.v4(), "TCP", 11, SYN, Expected.LOGGED));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"--stealth", "--connect", "-stcp"})
    void hangUp_withOtherPorts_changesTheTraps(String mode) {
        try (Sensor sensor = setup.start(mode)) {
            setup.set("TCP_PORTS", "1,2000-2002").write();
            sensor.process().hangUp();
            await("new trap").atMost(Duration.ofSeconds(5)).untilAsserted(() -> {
                scanner.connect(2001);
                assertThat(sensor.console("port: \\[?2001")).as("console: %s", sensor.console()).isNotEmpty();
            });
            Scanner other = lab.newScanner();
            other.connect(11);
            sensor.awaitAllSeen(lab, other, "TCP");
            assertThat(sensor.linesAbout(other.v4())).isEmpty();
        }
    }

    @Test
    void history_thatIsRotated_isOpenedAnew() throws IOException {
        try (Sensor sensor = setup.start("--stealth")) {
            scanner.nmap("-sS -p 11");
            sensor.awaitHistory("port: \\[11\\]");
            Files.move(directory.resolve("history"), directory.resolve("history.1"));
            sensor.process().hangUp();
            scanner.nmap("-sS -p 15");
            sensor.awaitHistory("port: \\[15\\]");
            assertThat(sensor.lines("history.1")).hasSize(1);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {TwoHosts.SENSOR_V4, TwoHosts.SENSOR_V6})
    void serviceStartedAMomentAgo_hasNormalClients(String address) throws IOException {
        try (Sensor sensor = setup.set("BLOCK_TCP", "1").start("--stealth");
                GreetingService service = new GreetingService(lab.hosts().sensorPrefix(), 119)) {
            assertThat(scanner.connect(address, 119)).contains(GreetingService.GREETING);
            sensor.awaitAllSeen(lab, scanner, "TCP");
            assertThat(scanner.connect(address, 119)).contains(GreetingService.GREETING);
            assertThat(sensor.linesAbout(scanner.v4())).isEmpty();
            assertThat(sensor.linesAbout(scanner.v6())).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"-sudp", "-audp"})
    void answerThatComesThreeSecondsLate_isNoScan(String mode) {
        setup.set("UDP_PORTS", "1,32768-60999").set("ADVANCED_PORTS_UDP", "65535").set("BLOCK_UDP", "1");
        try (Sensor sensor = setup.start(mode)) {
            String asked = lab.hosts().onSensor("python3 -c " + oneWord("import socket; s = socket.socket("
                    + "socket.AF_INET, socket.SOCK_DGRAM); s.sendto(b'?', ('" + scanner.v4() + "', 53));"
                    + " print(s.getsockname()[1])")).strip();
            await("answer time").pollDelay(Duration.ofSeconds(3)).until(() -> true);
            scanner.send("udp " + scanner.v4() + " 53 " + TwoHosts.SENSOR_V4 + " " + asked);
            sensor.awaitAllSeen(lab, scanner, "UDP");
            assertThat(sensor.linesAbout(scanner.v4())).isEmpty();

            scanner.send("udp " + scanner.v4() + " 54 " + TwoHosts.SENSOR_V4 + " " + asked);
            sensor.awaitConsole("UDP scan from host: .*" + scanner.v4() + " to UDP port: " + asked);
        }
    }

    private static String oneWord(String python) {
        return python.replace(" ", "\t");
    }

    @Test
    void newAddress_isWatchedWithinTwoSeconds() {
        try (Sensor sensor = setup.start("--stealth")) {
            lab.hosts().onSensor("ip addr add 10.77.0.200/24 dev near");
            await("probe of the new address").atMost(Duration.ofSeconds(2)).pollInterval(Duration.ofMillis(200))
                    .untilAsserted(() -> {
                        scanner.connect("10.77.0.200", 11);
                        assertThat(sensor.history()).as("console: %s", sensor.console()).isNotEmpty();
                    });
        } finally {
            lab.hosts().onSensor("ip addr del 10.77.0.200/24 dev near");
        }
    }

    @Test
    void kindOfBlock_byRouteCommand_survivesAHangUp() {
        Path route = setup.script("route", "echo $1 >> " + directory + "/routes");
        try (Sensor sensor = setup.set("BLOCK_TCP", "1").set("KILL_ROUTE", route + " $TARGET$").start("--stealth")) {
            scanner.nmap("-sS -p 11");
            sensor.awaitLine("routes", scanner.v4());
            sensor.process().hangUp();
            scanner.nmap("-sS -p 15");
            sensor.awaitConsole(Expected.alreadyBlocked(scanner.v4()));
            assertThat(sensor.lines("routes")).hasSize(1);
        }
    }
}
