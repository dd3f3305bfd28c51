package org.edgesentry.netty.compat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import java.util.stream.Stream;
import org.edgesentry.netty.lab.GreetingService;
import org.edgesentry.netty.lab.Shell;
import org.edgesentry.netty.lab.TwoHosts;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Modes that watch every port up to a limit: {@code -atcp}, {@code -audp}. */
class AdvancedModeIT extends BlackBox {

    private static final String SYN = "TCP SYN/Normal scan";

    @BeforeEach
    void listNoPorts() {
        // These modes need no list of ports, and go by none.
        setup.set("TCP_PORTS", "20000").set("UDP_PORTS", "20000");
    }

    @ParameterizedTest
    @CsvSource({"-atcp, -sS, TCP, TCP SYN/Normal scan", "-audp, -sU, UDP, UDP scan"})
    void defaults_watchUpTo1024AndLeaveTheExcludedOut(String mode, String technique, String protocol, String type) {
        String excluded = protocol.equals("TCP") ? "113,139" : "67,137,138,520";
        try (Sensor sensor = setup.set("BLOCK_" + protocol, "0").start(mode)) {
            scanner.nmap(technique + " -p 1025,20000," + excluded);
            sensor.awaitAllSeen(lab, scanner, protocol);
            assertThat(sensor.linesAbout(scanner.v4())).isEmpty();

            scanner.nmap(technique + " -p 1,500,1024");
            for (int port : new int[] {1, 500, 1024}) {
                sensor.awaitConsole(Expected.attack(type, scanner.v4(), protocol, port));
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"-atcp, -sS, TCP, TCP SYN/Normal scan", "-audp, -sU, UDP, UDP scan"})
    void limitAndExclusions_areTheAdministrators(String mode, String technique, String protocol, String type) {
        setup.set("ADVANCED_PORTS_" + protocol, "50").set("ADVANCED_EXCLUDE_" + protocol, "11,15")
                .set("BLOCK_" + protocol, "1");
        try (Sensor sensor = setup.start(mode)) {
            scanner.nmap(technique + " -p 11,15,51,113,1000");
            sensor.awaitAllSeen(lab, scanner, protocol);
            assertThat(sensor.linesAbout(scanner.v4())).isEmpty();

            scanner.nmap(technique + " -p 50");
            sensor.awaitConsole(Expected.attack(type, scanner.v4(), protocol, 50));
            sensor.awaitHistory(Expected.blockedLine(scanner.v4(), "50", protocol));
            sensor.awaitBlockedFile(Expected.blockedLine(scanner.v4(), "50", protocol));
            sensor.awaitInFirewall(scanner.v4());
        }
    }

    @Test
    void everyPort_canBeWatchedOverBothFamilies() throws IOException {
        setup.set("ADVANCED_PORTS_TCP", "65535").set("ADVANCED_PORTS_UDP", "65535");
        try (GreetingService service = new GreetingService(lab.hosts().sensorPrefix(), 8080);
                Sensor sensor = setup.start("-atcp", "-audp")) {
            assertThat(scanner.connect(8080)).contains(GreetingService.GREETING);
            assertThat(scanner.connect(TwoHosts.SENSOR_V6, 8080)).contains(GreetingService.GREETING);
            scanner.nmap("-sS -p 1,2222,65535");
            scanner.nmap("-sU -p 3333");
            scanner.nmap6("-sS -p 4444");
            for (int port : new int[] {1, 2222, 65535}) {
                sensor.awaitConsole(Expected.attack(SYN, scanner.v4(), "TCP", port));
            }
            sensor.awaitConsole(Expected.attack("UDP scan", scanner.v4(), "UDP", 3333));
            sensor.awaitConsole(Expected.attack(SYN, scanner.v6(), "TCP", 4444));
            assertThat(sensor.console("port: 8080")).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.77.0.2", "fd77::2"})
    void service_isNoTrapWhileItRunsAndATrapAfterwards(String address) throws IOException {
        try (Sensor sensor = setup.start("-atcp")) {
            try (GreetingService service = new GreetingService(lab.hosts().sensorPrefix(), 119)) {
                assertThat(scanner.connect(address, 119)).contains(GreetingService.GREETING);
                sensor.awaitAllSeen(lab, scanner, "TCP");
                assertThat(sensor.console("port: 119$")).as("a client of a service that started a moment ago")
                        .isEmpty();
            }
            await().atMost(Duration.ofSeconds(5)).untilAsserted(() -> {
                scanner.connect(address, 119);
                assertThat(sensor.console("port: 119$")).isNotEmpty();
            });
        }
    }

    /** As clients of NFS and rsh do (bindresvport(3)); a reset leaves no socket that could be asked about. */
    @Test
    void connectionsOfThisHostFromTrapPorts_raiseNothing() throws IOException {
        try (GreetingService service = new GreetingService(lab.hosts().scannerPrefix(), 2049);
                Sensor sensor = setup.start("-atcp")) {
            Shell.run(Stream.concat(lab.hosts().sensorPrefix().stream(), Stream.of("python3", "-c", """
                    import socket
                    for port in range(600, 680):
                        client = socket.socket()
                        client.bind(("", port))
                        client.connect(("10.77.0.1", 2049))
                        client.sendall(b"hello")
                        client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, bytes([1, 0, 0, 0, 0, 0, 0, 0]))
                        client.close()
                    """)).toList());
            sensor.awaitAllSeen(lab, scanner, "TCP");
            assertThat(sensor.console("port: 6\\d\\d$")).isEmpty();
        }
    }

    @Test
    void portsThatWereListed_areNoneOfItsBusiness() {
        try (Sensor sensor = setup.without("TCP_PORTS").without("UDP_PORTS").start("-atcp")) {
            scanner.nmap("-sS -p 11");
            sensor.awaitConsole(Expected.attack(SYN, scanner.v4(), "TCP", 11));
            scanner.datagram(11);
            sensor.awaitAllSeen(lab, scanner, "TCP");
            assertThat(sensor.console("UDP port")).as("no UDP mode was asked for").isEmpty();
        }
    }
}
