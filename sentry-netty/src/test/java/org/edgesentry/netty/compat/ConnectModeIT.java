package org.edgesentry.netty.compat;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.edgesentry.netty.lab.GreetingService;
import org.edgesentry.netty.lab.TwoHosts;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Modes that bind their ports: {@code --connect}, {@code -tcp}, {@code -udp}. */
class ConnectModeIT extends BlackBox {

    private static final String BANNER = "** UNAUTHORIZED ACCESS PROHIBITED **";

    @Test
    void tcpConnection_isToldBlockedAndThenAlreadyBlocked() {
        // A command that blocks nothing, or a second connection would not reach the trap.
        Path route = setup.script("route.sh", "exit 0");
        try (Sensor sensor = setup.set("BLOCK_TCP", "1").set("KILL_ROUTE", route + " $TARGET$").start("--connect")) {
            scanner.nmap("-sT -p 11");
            sensor.awaitConsole(Expected.scan(scanner.v4(), "TCP", 11, "Connect", Expected.BLOCKED));
            sensor.awaitHistory(Expected.scanInHistory(scanner.v4(), "TCP", 11, "Connect", Expected.BLOCKED));
            sensor.awaitConsole(Expected.blockedByRoute(scanner.v4(), route + " " + scanner.v4()));
            sensor.awaitBlockedFile(Expected.blockedLine(scanner.v4(), "11", "TCP"));

            scanner.nmap("-sT -p 11");
            sensor.awaitConsole(Expected.alreadyBlocked(scanner.v4()));
            assertThat(sensor.blocked()).hasSize(1);
        }
    }

    @Test
    void datagram_isToldBlockedAndThenAlreadyBlocked() {
        Path route = setup.script("route.sh", "exit 0");
        try (Sensor sensor = setup.set("BLOCK_UDP", "1").set("KILL_ROUTE", route + " $TARGET$").start("--connect")) {
            scanner.datagram(11);
            sensor.awaitConsole(Expected.scan(scanner.v4(), "UDP", 11, "Connect", Expected.BLOCKED));
            sensor.awaitHistory(Expected.scanInHistory(scanner.v4(), "UDP", 11, "Connect", Expected.BLOCKED));
            sensor.awaitConsole(Expected.blockedByRoute(scanner.v4(), route + " " + scanner.v4()));
            sensor.awaitBlockedFile(Expected.blockedLine(scanner.v4(), "11", "UDP"));

            scanner.nmap("-sU -p 11");
            sensor.awaitConsole(Expected.alreadyBlocked(scanner.v4()));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"--connect", "-tcp"})
    void banner_isWhatATcpClientReads(String mode) {
        try (Sensor sensor = setup.set("PORT_BANNER", BANNER).start(mode)) {
            assertThat(scanner.connect(TwoHosts.SENSOR_V4, 11)).contains(BANNER);
            assertThat(scanner.connect(TwoHosts.SENSOR_V6, 15)).contains(BANNER);
        }
    }

    @ParameterizedTest
    @CsvSource({"--connect, 10.77.0.2", "--connect, fd77::2", "-udp, 10.77.0.2"})
    void banner_isWhatAUdpClientReads(String mode, String address) {
        try (Sensor sensor = setup.set("PORT_BANNER", BANNER).start(mode)) {
            assertThat(answerToDatagram(address, 11)).contains(BANNER);
        }
    }

    private String answerToDatagram(String address, int port) {
        String family = address.contains(":") ? "AF_INET6" : "AF_INET";
        return lab.hosts().onScannerBash("python3 -c 'import socket\n"
                + "client = socket.socket(socket." + family + ", socket.SOCK_DGRAM)\n"
                + "client.settimeout(3)\n"
                + "client.connect((\"" + address + "\", " + port + "))\n"
                + "client.send(b\"hello\")\n"
                + "print(client.recv(200))'");
    }

    @Test
    void everyPortOfAList_withRanges_isATrapAndItsNeighboursAreNot() {
        try (Sensor sensor = setup.set("TCP_PORTS", "1,10-12,20").set("UDP_PORTS", "40-42").start("--connect")) {
            scanner.nmap("-sT -p 1-30");
            scanner.nmap("-sU -p 35-45");
            for (int port : new int[] {1, 10, 11, 12, 20}) {
                sensor.awaitHistory(Expected.scanInHistory(scanner.v4(), "TCP", port, "Connect", Expected.LOGGED));
            }
            for (int port : new int[] {40, 41, 42}) {
                sensor.awaitHistory(Expected.scanInHistory(scanner.v4(), "UDP", port, "Connect", Expected.LOGGED));
            }
            assertThat(sensor.history()).hasSize(8);
            assertThat(scanner.connect(13)).contains("refused");
        }
    }

    @Test
    void ipv6Connection_isToldAndBlocked() {
        try (Sensor sensor = setup.set("BLOCK_TCP", "1").start("--connect")) {
            scanner.nmap6("-sT -p 11");
            sensor.awaitConsole(Expected.scan(scanner.v6(), "TCP", 11, "Connect", Expected.BLOCKED));
            sensor.awaitHistory(Expected.scanInHistory(scanner.v6(), "TCP", 11, "Connect", Expected.BLOCKED));
            sensor.awaitConsole("attackalert: Host " + scanner.v6() + "(/64)? has been blocked via dropped route");
            sensor.awaitInFirewall(scanner.v6().replaceAll("1$", ""));
            assertThat(scanner.connect(TwoHosts.SENSOR_V6, 15)).doesNotContain("refused");
        }
    }

    @Test
    void connectionOfTheHostItself_isTold() {
        try (Sensor sensor = setup.start("--connect")) {
            lab.hosts().onSensor("nmap -n -Pn -sT --max-retries 0 -p 11 127.0.0.1");
            sensor.awaitConsole(Expected.scan("127.0.0.1", "TCP", 11, "Connect", Expected.LOGGED));
            sensor.awaitHistory(Expected.scanInHistory("127.0.0.1", "TCP", 11, "Connect", Expected.LOGGED));
        }
    }

    @Test
    void halfOpenAndOddProbes_areNoConnections() {
        try (Sensor sensor = setup.start("--connect")) {
            scanner.nmap("-sS -p " + Scanner.PORTS);
            scanner.nmap("-sF -p " + Scanner.PORTS);
            scanner.nmap("-sX -p " + Scanner.PORTS);
            sensor.awaitAllSeen(lab, scanner, "TCP");
            assertThat(sensor.linesAbout(scanner.v4())).isEmpty();
        }
    }

    @Test
    void portOfAService_isNamedAndNoTrap() throws IOException {
        try (GreetingService service = new GreetingService(lab.hosts().sensorPrefix(), 119);
                Sensor sensor = setup.start("--connect")) {
            assertThat(scanner.connect(119)).contains(GreetingService.GREETING);
            sensor.awaitConsole("Not a trap.*119");
            sensor.awaitAllSeen(lab, scanner, "TCP");
            assertThat(sensor.linesAbout(scanner.v4())).isEmpty();
        }
    }

    @Test
    void oldModes_tcpAndUdpTogether_tellInTheOldForm() {
        setup.set("BLOCK_TCP", "1").set("BLOCK_UDP", "0");
        try (Sensor sensor = setup.start("-tcp", "-udp")) {
            scanner.datagram(11);
            sensor.awaitConsole(Expected.attack("(UDP scan|Connect)", scanner.v4(), "UDP", 11));
            scanner.nmap("-sT -p 15");
            sensor.awaitConsole(Expected.attack("Connect", scanner.v4(), "TCP", 15));
            sensor.awaitHistory(Expected.blockedLine(scanner.v4(), "15", "TCP"));
            sensor.awaitInFirewall(scanner.v4());
            assertThat(sensor.history()).as("only what was blocked").hasSize(1);
        }
    }
}
