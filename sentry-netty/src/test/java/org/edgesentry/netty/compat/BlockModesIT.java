package org.edgesentry.netty.compat;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.edgesentry.netty.lab.TwoHosts;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** BLOCK_TCP and BLOCK_UDP 0, 1 and 2, and SCAN_TRIGGER. */
class BlockModesIT extends BlackBox {

    private static final String EVERY_PROTOCOL_AND_MODE = """
            TCP, --stealth, TCP SYN/Normal scan
            UDP, --stealth, UDP
            TCP, --connect, Connect
            UDP, --connect, Connect
            """;

    private void probe(String protocol, int port) {
        if (protocol.equals("TCP")) {
            scanner.connect(port);
        } else {
            scanner.datagram(port);
        }
    }

    @ParameterizedTest
    @CsvSource(textBlock = EVERY_PROTOCOL_AND_MODE)
    void blockZero_tellsAndDoesNothing(String protocol, String mode, String type) {
        Path command = setup.script("command.sh", "echo \"$@\" >> " + directory + "/commands");
        setup.set("BLOCK_TCP", protocol.equals("TCP") ? "0" : "1").set("BLOCK_UDP", protocol.equals("UDP") ? "0" : "1");
        setup.set("KILL_ROUTE", command + " route $TARGET$").set("KILL_RUN_CMD", command + " run $TARGET$");
        try (Sensor sensor = setup.start(mode)) {
            probe(protocol, 11);
            sensor.awaitConsole(Expected.scan(scanner.v4(), protocol, 11, type, Expected.LOGGED));
            sensor.awaitHistory(Expected.scanInHistory(scanner.v4(), protocol, 11, type, Expected.LOGGED));
            probe(protocol, 15);
            sensor.awaitConsole(Expected.scan(scanner.v4(), protocol, 15, type, Expected.LOGGED));
            assertThat(sensor.terminate()).isZero();
            assertThat(sensor.console("attackalert")).isEmpty();
            assertThat(sensor.lines("commands")).isEmpty();
            assertThat(sensor.blocked()).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource(textBlock = EVERY_PROTOCOL_AND_MODE)
    void blockOne_withoutKillRoute_takesTheFirewall(String protocol, String mode, String type) {
        try (Sensor sensor = setup.set("BLOCK_" + protocol, "1").start(mode)) {
            probe(protocol, 11);
            sensor.awaitConsole(Expected.scan(scanner.v4(), protocol, 11, type, Expected.BLOCKED));
            sensor.awaitHistory(Expected.scanInHistory(scanner.v4(), protocol, 11, type, Expected.BLOCKED));
            sensor.awaitConsole(Expected.blockedByRoute(scanner.v4(), "[^\"]*" + scanner.v4() + "[^\"]*"));
            sensor.awaitBlockedFile(Expected.blockedLine(scanner.v4(), "11", protocol));
            sensor.awaitInFirewall(scanner.v4());
        }
    }

    @ParameterizedTest
    @CsvSource(textBlock = EVERY_PROTOCOL_AND_MODE)
    void blockTwo_runsTheCommandAndBlocksNothing(String protocol, String mode, String type) {
        Path command = setup.script("command.sh", "echo \"$1 $2 $3\" >> " + directory + "/commands");
        Path etc = setup.ownEtc();
        setup.set("BLOCK_" + protocol, "2").set("KILL_RUN_CMD", command + " $TARGET$ $PORT$ $MODE$");
        setup.set("KILL_ROUTE", "touch " + directory + "/routed").set("KILL_HOSTS_DENY", "ALL: $TARGET$");
        try (Sensor sensor = setup.start(mode)) {
            probe(protocol, 11);
            sensor.awaitConsole(Expected.scan(scanner.v4(), protocol, 11, type,
                    Expected.ANY));
            String words = scanner.v4() + " 11 " + mode.substring(2);
            sensor.awaitLine("commands", "^" + words + "$");
            sensor.awaitConsole(Expected.commandRun(scanner.v4(), command + " " + words));

            probe(protocol, 15);
            sensor.awaitAllSeen(lab, scanner, "TCP");
            assertThat(sensor.lines("commands")).filteredOn(line -> line.startsWith(scanner.v4())).hasSize(1);
            assertThat(sensor.console("has been blocked")).isEmpty();
            assertThat(directory.resolve("routed")).doesNotExist();
            assertThat(etc.resolve("hosts.deny")).satisfiesAnyOf(
                    file -> assertThat(file).doesNotExist(),
                    file -> assertThat(file).content().doesNotContain(scanner.v4()));
            assertThat(scanner.connect(TwoHosts.SENSOR_V4, 65_000)).contains("refused");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"--connect", "--stealth"})
    void trigger_two_decidesAtTheSecondHitAlsoOfTheSamePort(String mode) {
        String type = mode.equals("--connect") ? "Connect" : "TCP SYN/Normal scan";
        Path route = setup.script("route.sh", "echo \"$1\" >> " + directory + "/routes");
        setup.set("BLOCK_TCP", "1").set("SCAN_TRIGGER", "2").set("KILL_ROUTE", route + " $TARGET$");
        try (Sensor sensor = setup.start(mode)) {
            scanner.nmap("-sT -p 11");
            sensor.awaitConsole(Expected.scan(scanner.v4(), "TCP", 11, type, Expected.BELOW_TRIGGER));
            sensor.awaitHistory(Expected.scanInHistory(scanner.v4(), "TCP", 11, type, Expected.BELOW_TRIGGER));
            assertThat(sensor.console("attackalert")).isEmpty();

            scanner.nmap("-sT -p 11");
            sensor.awaitConsole(Expected.scan(scanner.v4(), "TCP", 11, type, Expected.BLOCKED));
            sensor.awaitConsole(Expected.blockedByRoute(scanner.v4(), route + " " + scanner.v4()));
            sensor.awaitLine("routes", scanner.v4());

            scanner.nmap("-sT -p 11");
            sensor.awaitConsole(Expected.alreadyBlocked(scanner.v4()));
            assertThat(sensor.lines("routes")).hasSize(1);
        }
    }

    @Test
    void trigger_three_countsDistinctPortsToo() {
        try (Sensor sensor = setup.set("BLOCK_TCP", "1").set("SCAN_TRIGGER", "3").start("--stealth")) {
            scanner.nmap("-sS -p 1,11");
            sensor.awaitHistory("port: \\[1\\] .*" + Expected.BELOW_TRIGGER);
            sensor.awaitHistory("port: \\[11\\] .*" + Expected.BELOW_TRIGGER);
            scanner.nmap("-sS -p 15");
            sensor.awaitHistory("port: \\[15\\] .*" + Expected.BLOCKED);
            sensor.awaitInFirewall(scanner.v4());
        }
    }
}
