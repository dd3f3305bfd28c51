package org.edgesentry.netty.compat;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.edgesentry.netty.lab.GreetingService;
import org.edgesentry.netty.lab.TwoHosts;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Modes that bind nothing and read packets: {@code --stealth}, {@code -stcp}, {@code -sudp}. */
class StealthModeIT extends BlackBox {

    private static final String SYN = "TCP SYN/Normal scan";

    @ParameterizedTest
    @ValueSource(strings = {"ring", "pcap", "raw"})
    void synScan_isToldBlockedAndTheHostShutOut(String method) {
        try (Sensor sensor = setup.set("BLOCK_TCP", "1").start("--stealth", "-m", method)) {
            scanner.nmap("-sS -p 11");
            sensor.awaitConsole(Expected.scan(scanner.v4(), "TCP", 11, SYN, Expected.BLOCKED));
            sensor.awaitHistory(Expected.scanInHistory(scanner.v4(), "TCP", 11, SYN, Expected.BLOCKED));
            sensor.awaitConsole("attackalert: Host " + scanner.v4() + " has been blocked via dropped route");
            sensor.awaitInFirewall(scanner.v4());
            scanner.nmap("-sS -p 15");
            sensor.awaitConsole(Expected.alreadyBlocked(scanner.v4()));
            assertThat(scanner.connect(65_000)).doesNotContain("refused");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"ring", "pcap"})
    void udpScan_isToldAndBlocked(String method) {
        try (Sensor sensor = setup.set("BLOCK_UDP", "1").start("--stealth", "--method=" + method)) {
            scanner.nmap("-sU -p 11");
            sensor.awaitConsole(Expected.scan(scanner.v4(), "UDP", 11, "UDP", Expected.BLOCKED));
            sensor.awaitHistory(Expected.scanInHistory(scanner.v4(), "UDP", 11, "UDP", Expected.BLOCKED));
            sensor.awaitInFirewall(scanner.v4());
        }
    }

    @ParameterizedTest
    @CsvSource({"-sS, TCP SYN/Normal scan", "-sN, TCP NULL scan", "-sX, TCP XMAS scan", "-sF, TCP FIN scan"})
    void oldMode_namesTheTechniqueInTheOldForm(String technique, String type) {
        try (Sensor sensor = setup.set("BLOCK_TCP", "1").start("-stcp")) {
            scanner.nmap(technique + " -p 11");
            sensor.awaitConsole(Expected.attack(type, scanner.v4(), "TCP", 11));
            sensor.awaitHistory(Expected.blockedLine(scanner.v4(), "11", "TCP"));
            sensor.awaitBlockedFile(Expected.blockedLine(scanner.v4(), "11", "TCP"));
            assertThat(sensor.history()).hasSize(1);
        }
    }

    @Test
    void oldModes_stcpAndSudpTogether_eachWithItsOwnResponse() {
        try (Sensor sensor = setup.set("BLOCK_TCP", "0").set("BLOCK_UDP", "1").start("-stcp", "-sudp")) {
            scanner.nmap("-sS -p 11");
            sensor.awaitConsole(Expected.attack(SYN, scanner.v4(), "TCP", 11));
            assertThat(sensor.history()).as("1.x form: only what was blocked").isEmpty();
            scanner.nmap("-sU -p 15");
            sensor.awaitConsole(Expected.attack("UDP scan", scanner.v4(), "UDP", 15));
            sensor.awaitHistory(Expected.blockedLine(scanner.v4(), "15", "UDP"));
        }
    }

    @Test
    void portsThatAreNotWatched_leaveNoTrace() {
        try (Sensor sensor = setup.set("BLOCK_TCP", "1").set("BLOCK_UDP", "1").start("--stealth")) {
            scanner.nmap("-sS -p 2,10,12,634,636,1025");
            scanner.nmap("-sU -p 2,10,12,634,636,1025");
            sensor.awaitAllSeen(lab, scanner, "TCP");
            assertThat(sensor.linesAbout(scanner.v4())).isEmpty();
        }
    }

    @Test
    void everyPortOfARange_isATrapAndItsNeighboursAreNot() {
        try (Sensor sensor = setup.set("TCP_PORTS", "10-15,100-102").set("UDP_PORTS", "20-22").start("--stealth")) {
            scanner.nmap("-sS -p 9-16,99-103");
            scanner.nmap("-sU -p 19-23");
            for (int port : new int[] {10, 11, 12, 13, 14, 15, 100, 101, 102}) {
                sensor.awaitHistory(Expected.scanInHistory(scanner.v4(), "TCP", port, SYN, Expected.LOGGED));
            }
            for (int port : new int[] {20, 21, 22}) {
                sensor.awaitHistory(Expected.scanInHistory(scanner.v4(), "UDP", port, "UDP", Expected.LOGGED));
            }
            assertThat(sensor.history()).hasSize(12);
        }
    }

    @ParameterizedTest
    @CsvSource({"ring, -sS, TCP, TCP SYN/Normal scan", "pcap, -sS, TCP, TCP SYN/Normal scan", "ring, -sU, UDP, UDP",
        "pcap, -sU, UDP, UDP"})
    void ipv6Scan_isToldAndBlocked(String method, String technique, String protocol, String type) {
        try (Sensor sensor = setup.set("BLOCK_" + protocol, "1").start("--stealth", "-m", method)) {
            scanner.nmap6(technique + " -p 11");
            sensor.awaitConsole(Expected.scan(scanner.v6(), protocol, 11, type, Expected.BLOCKED));
            sensor.awaitHistory(Expected.scanInHistory(scanner.v6(), protocol, 11, type, Expected.BLOCKED));
            sensor.awaitInFirewall(scanner.v6().replaceAll("1$", ""));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"ring", "pcap"})
    void packetsOfTheHostItself_doNotCount(String method) {
        try (Sensor sensor = setup.start("--stealth", "-m", method, "-i", "ALL")) {
            scanMyself("127.0.0.1");
            scanMyself(TwoHosts.SENSOR_V4);
            sensor.awaitAllSeen(lab, scanner, "TCP");
            assertThat(sensor.linesAbout("127.0.0.1")).filteredOn(line -> line.contains("Scan from")).isEmpty();
            assertThat(sensor.history()).hasSize(1);
        }
    }

    @ParameterizedTest
    @CsvSource({"ring, ALL, -L", "pcap, ALL, -L", "ring, lo, -L", "pcap, lo, --disable-local-check"})
    void packetsOfTheHostItself_withoutTheLocalCheck_countOnce(String method, String where, String option) {
        setup.set("BLOCK_TCP", "1").set("KILL_ROUTE", setup.script("route", "echo $1 >> " + directory + "/routes")
                + " $TARGET$");
        try (Sensor sensor = setup.start("--stealth", "-m", method, "-i", where, option)) {
            scanMyself("127.0.0.1");
            sensor.awaitConsole(Expected.scan("127.0.0.1", "TCP", 11, SYN, Expected.BLOCKED));
            sensor.awaitHistory(Expected.scanInHistory("127.0.0.1", "TCP", 11, SYN, Expected.BLOCKED));
            sensor.awaitLine("routes", "^127\\.0\\.0\\.1$");
            scanMyself("127.0.0.1");
            sensor.awaitConsole(Expected.alreadyBlocked("127.0.0.1"));
            assertThat(sensor.lines("routes")).hasSize(1);
        }
    }

    private void scanMyself(String address) {
        lab.hosts().onSensor("nmap -n -Pn -sS --max-retries 0 --host-timeout 10s -p 11 " + address);
    }

    @Test
    void portOfAService_isNoTrap() throws IOException {
        try (GreetingService service = new GreetingService(lab.hosts().sensorPrefix(), 119);
                Sensor sensor = setup.set("BLOCK_TCP", "1").start("--stealth")) {
            assertThat(scanner.connect(119)).contains(GreetingService.GREETING);
            sensor.awaitAllSeen(lab, scanner, "TCP");
            assertThat(sensor.linesAbout(scanner.v4())).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"-S", "--disable-service-check"})
    void portOfAService_withoutTheServiceCheck_isATrap(String option) throws IOException {
        try (GreetingService service = new GreetingService(lab.hosts().sensorPrefix(), 119);
                Sensor sensor = setup.start("--stealth", option)) {
            scanner.nmap("-sS -p 119");
            sensor.awaitHistory(Expected.scanInHistory(scanner.v4(), "TCP", 119, SYN, Expected.LOGGED));
        }
    }

    @ParameterizedTest
    @CsvSource({"ring, near, 1", "pcap, near, 1", "ring, lo, 0", "pcap, lo, 0", "ring, any, 1", "pcap, any, 1",
        "ring, ALL_NLO, 1"})
    void interface_decidesWhatIsSeen(String method, String where, int lines) {
        try (Sensor sensor = setup.start("--stealth", "-m", method, "-i", where);
                Sensor witness = new SensorSetup(lab, directory.resolve("witness")).start("--stealth")) {
            scanner.nmap("-sS -p 11");
            witness.awaitHistory("port: \\[11\\]");
            assertThat(sensor.terminate()).isZero();
            assertThat(sensor.history()).hasSize(lines);
        }
    }
}
