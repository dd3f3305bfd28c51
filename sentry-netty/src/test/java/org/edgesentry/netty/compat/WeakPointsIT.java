package org.edgesentry.netty.compat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.edgesentry.netty.lab.TwoHosts;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where PortSentry is weak, a test each, numbered as on the page on living where PortSentry lived. */
class WeakPointsIT extends BlackBox {

    private static final String SYN = "TCP SYN/Normal scan";
    private static final long MEGABYTE = 1_000_000;

    @ParameterizedTest
    @ValueSource(strings = {"ring", "pcap"})
    void weakPoint1_ipv6ExtensionHeadersAndFragments_hideNothing(String method) {
        try (Sensor sensor = setup.start("--stealth", "-m", method)) {
            int port = 0;
            for (String kind : new String[] {"hop-by-hop", "destination", "chain", "atomic-fragment", "fragments"}) {
                int trap = Integer.parseInt(Scanner.PORTS.split(",")[port++]);
                scanner.send("extension " + kind + " " + scanner.v6() + " " + TwoHosts.SENSOR_V6 + " " + trap);
                sensor.awaitHistory(Expected.scanInHistory(scanner.v6(), "TCP", trap, SYN, Expected.LOGGED));
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"-sM, TCP Maimon scan", "-sA, TCP ACK scan", "-sW, TCP (ACK|Window) scan"})
    void weakPoint2_scansWithTheAckFlag_areSeenAndBlocked(String technique, String type) {
        try (Sensor sensor = setup.set("BLOCK_TCP", "1").start("--stealth")) {
            scanner.nmap(technique + " -p 11");
            sensor.awaitHistory("port: \\[11\\] type: \\[" + type + "\\] .*" + Expected.BLOCKED);
            sensor.awaitInFirewall(scanner.v4());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"ring", "pcap"})
    void weakPoint3_laterFragments_areNotReadAsHeaders(String method) {
        try (Sensor sensor = setup.set("BLOCK_TCP", "1").start("--stealth", "-m", method)) {
            scanner.send("later-fragment " + scanner.v4() + " " + TwoHosts.SENSOR_V4 + " 11");
            sensor.awaitAllSeen(lab, scanner, "TCP");
            assertThat(sensor.linesAbout(scanner.v4())).isEmpty();
        }
    }

    @Test
    void weakPoint4_slowCommand_holdsUpNoBlockOfAnotherHost() {
        Path slow = answerSlowly("KILL_RUN_CMD", "1", "0");
        try (Sensor sensor = setup.start("--stealth")) {
            scanner.nmap("-sS -p 11");
            sensor.awaitLine("slow.log", "begun");
            Scanner second = lab.newScanner();
            second.nmap("-sS -p 15");
            sensor.awaitInFirewall(second.v4());
            sensor.awaitHistory("Scan from: \\[" + second.v4() + "\\].*port: \\[15\\].*" + Expected.BLOCKED);
            assertThat(sensor.lines("slow.log")).as("%s still runs", slow).doesNotContain("ended");
        }
    }

    @ParameterizedTest
    @CsvSource({"KILL_RUN_CMD, 1, 1", "KILL_RUN_CMD, 2, 0", "KILL_ROUTE, 1, 0"})
    void weakPoint4_slowCommand_holdsUpNoLineOfAnotherHost(String key, String block, String first) {
        Path slow = answerSlowly(key, block, first);
        try (Sensor sensor = setup.start("--stealth")) {
            scanner.nmap("-sS -p 11");
            sensor.awaitLine("slow.log", "begun");
            Scanner second = lab.newScanner();
            second.nmap("-sS -p 15");
            sensor.awaitConsole("Scan from: \\[" + second.v4() + "\\].*port: \\[15\\]");
            sensor.awaitHistory("Scan from: \\[" + second.v4() + "\\].*port: \\[15\\]");
            assertThat(sensor.lines("slow.log")).as("%s still runs", slow).doesNotContain("ended");
        }
    }

    /** Scans are answered by a command that takes seven seconds. */
    private Path answerSlowly(String key, String block, String first) {
        Path slow = setup.script("slow", "echo begun >> " + directory + "/slow.log", "sleep 7",
                "echo ended >> " + directory + "/slow.log");
        setup.set("BLOCK_TCP", block).set("BLOCK_UDP", "0").set(key, slow + " $TARGET$");
        setup.set("KILL_RUN_CMD_FIRST", first);
        return slow;
    }

    @Test
    void weakPoint4_noProcessIsStartedForAPacket() throws IOException {
        setup.set("BLOCK_TCP", "1").set("KILL_RUN_CMD", setup.script("command", "echo run >> " + directory + "/runs")
                + " $TARGET$");
        try (Sensor sensor = setup.start("--stealth")) {
            scanner.nmap("-sS -p 11");
            sensor.awaitLine("runs", "run");
            long faultsOfChildren = faultsOfChildren(sensor);
            scanner.send("flood " + scanner.v4() + " " + TwoHosts.SENSOR_V4 + " 540 1 2000");
            sensor.awaitAllSeen(lab, scanner, "UDP");
            assertThat(sensor.lines("runs")).hasSize(1);
            assertThat(faultsOfChildren(sensor)).as("no child process has ended since").isEqualTo(faultsOfChildren);
        }
    }

    /** Page faults of all children that have ended: grows with each process that was started. */
    private static long faultsOfChildren(Sensor sensor) throws IOException {
        String stat = Files.readString(Path.of("/proc", String.valueOf(sensor.process().pid()), "stat"));
        return Long.parseLong(stat.substring(stat.lastIndexOf(')') + 2).split(" ")[8]);
    }

    @Test
    void weakPoint5_blockEndsByItself() {
        try (Sensor sensor = setup.set("BLOCK_TCP", "1").set("BLOCK_TIME", "3s").start("--stealth")) {
            scanner.nmap("-sS -p 11");
            sensor.awaitInFirewall(scanner.v4());
            sensor.awaitBlockedFile(Expected.blockedLine(scanner.v4(), "11", "TCP"));
            await("end of the block").atMost(Duration.ofSeconds(8)).untilAsserted(() -> {
                assertThat(sensor.isInFirewall(scanner.v4())).isFalse();
                assertThat(sensor.blocked()).isEmpty();
            });
            assertThat(scanner.connect(65_000)).contains("refused");
        }
    }

    @Test
    void weakPoint5_blockOutlivesTheDaemon() {
        setup.set("BLOCK_TCP", "1");
        try (Sensor sensor = setup.start("--stealth")) {
            scanner.nmap("-sS -p 11");
            sensor.awaitInFirewall(scanner.v4());
            assertThat(sensor.terminate()).isZero();
            assertThat(sensor.isInFirewall(scanner.v4())).as("while no daemon runs").isTrue();
        }
        try (Sensor sensor = setup.start("--stealth")) {
            assertThat(sensor.isInFirewall(scanner.v4())).as("after the next start").isTrue();
            assertThat(scanner.connect(65_000)).doesNotContain("refused");
        }
    }

    @ParameterizedTest
    @CsvSource({"--stealth, 1", "-stcp, 1", "--stealth, 0", "-stcp, 0"})
    void weakPoint6_aMillionPackets_costLittleLog(String mode, String block) throws IOException {
        setup.set("BLOCK_TCP", block).set("TCP_PORTS", "1,1000-1020");
        try (Sensor sensor = setup.start(mode)) {
            scanner.send("flood " + scanner.v4() + " " + TwoHosts.SENSOR_V4 + " 1000 20 1000000");
            sensor.awaitAllSeen(lab, scanner, "TCP");
            assertThat(sensor.terminate()).isZero();

            assertThat(sensor.console().stream().mapToLong(String::length).sum()).isLessThan(MEGABYTE);
            assertThat(sensor.console("from.*\\W" + scanner.v4() + "\\W")).hasSizeBetween(20, 60);
            assertThat(sensor.history().stream().mapToLong(String::length).sum()).isLessThan(MEGABYTE);
            assertThat(sensor.console().get(sensor.console().size() - 1)).contains("Edge Sentry stops");
        }
    }

    @Test
    void weakPoint7_gatewayAndResolver_areToldButNeverBlocked() throws IOException {
        Files.writeString(setup.ownEtc().resolve("resolv.conf"), "nameserver 10.77.0.53\nnameserver fd77::53\n");
        lab.hosts().onSensor("ip route replace default via 10.77.0.99");
        try (Sensor sensor = setup.set("BLOCK_TCP", "1").set("BLOCK_UDP", "1").start("--stealth")) {
            for (String protectedSource : new String[] {"10.77.0.99", "10.77.0.53"}) {
                scanner.send("flood " + protectedSource + " " + TwoHosts.SENSOR_V4 + " 11 1 1");
                scanner.send("udp " + protectedSource + " 4000 " + TwoHosts.SENSOR_V4 + " 15");
                sensor.awaitHistory("Scan from: \\[" + protectedSource + "\\].*port: \\[11\\].*blocked: \\[false\\]");
                sensor.awaitHistory("Scan from: \\[" + protectedSource + "\\].*port: \\[15\\].*blocked: \\[false\\]");
                assertThat(sensor.isInFirewall(protectedSource)).isFalse();
            }
            scanner.send("extension destination fd77::53 " + TwoHosts.SENSOR_V6 + " 11");
            sensor.awaitHistory("Scan from: \\[fd77::53\\].*port: \\[11\\].*blocked: \\[false\\]");
            assertThat(sensor.console("has been blocked")).isEmpty();
        } finally {
            lab.hosts().onSensor("ip route del default");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"--stealth", "-atcp"})
    void weakPoint8_forgedSources_eraseNoScannersCount(String mode) {
        try (Sensor sensor = setup.set("BLOCK_TCP", "1").set("SCAN_TRIGGER", "3").start(mode)) {
            for (int hit = 0; hit < 3; hit++) {
                assertThat(sensor.isInFirewall(scanner.v4())).as("after %d hits", hit).isFalse();
                scanner.nmap("-sS -p " + Scanner.PORTS.split(",")[hit]);
                scanner.send("forged 10.9 " + TwoHosts.SENSOR_V4 + " 635 5000");
            }
            sensor.awaitInFirewall(scanner.v4());
            sensor.awaitConsole("attackalert: Host " + scanner.v4() + " has been blocked");
        }
    }
}
