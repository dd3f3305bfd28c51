package org.edgesentry.netty.compat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.SoftAssertions;
import org.edgesentry.netty.lab.TwoHosts;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Which scans the modes that read packets see, and by which name: nine trap ports, nine lines each. The daemons of all
 * these modes watch the same wire at once, and a source probes only once.
 */
class DetectionTableIT {

    private static final Map<Watcher, Sensor> SENSORS = new EnumMap<>(Watcher.class);

    @TempDir
    private static Path directory;
    private static ScanLab lab;
    private static Process webServer;

    private Scanner scanner;

    @BeforeAll
    static void openLab() throws IOException {
        lab = new ScanLab();
        Scanner first = lab.newScanner();
        List<String> command = new ArrayList<>(lab.hosts().sensorPrefix());
        command.addAll(List.of("python3", "-m", "http.server", "80", "--bind", "::", "--directory",
                directory.toString()));
        webServer = new ProcessBuilder(command).redirectErrorStream(true)
                .redirectOutput(directory.resolve("web.log").toFile()).start();
        await("web server").atMost(Duration.ofSeconds(10)).until(() -> isAnswered(first, TwoHosts.SENSOR_V4));
        for (Watcher watcher : List.of(Watcher.STEALTH, Watcher.OLD_STEALTH, Watcher.ADVANCED)) {
            SensorSetup setup = new SensorSetup(lab, directory.resolve(watcher.name()));
            SENSORS.put(watcher, setup.set("BLOCK_TCP", "0").set("BLOCK_UDP", "0").start(watcher.options()));
        }
    }

    @AfterAll
    static void closeLab() {
        SENSORS.values().forEach(Sensor::close);
        webServer.destroy();
        lab.close();
    }

    @BeforeEach
    void anotherScanner() {
        scanner = lab.newScanner();
    }

    /** Nine lines about this source, one a port, and no tenth. */
    private static void assertEveryPortIsTold(ScanRow row, String source) {
        SoftAssertions.assertSoftly(all -> SENSORS.forEach((watcher, sensor) -> all.assertThatCode(() -> {
            for (String port : Scanner.PORTS.split(",")) {
                sensor.awaitConsole(watcher.line(row, source, Integer.parseInt(port)));
            }
            assertThat(watcher.detections(sensor, source)).hasSize(9);
        }).as("%s seen by %s", row, watcher).doesNotThrowAnyException()));
    }

    @ParameterizedTest
    @EnumSource(ScanRow.class)
    void scan_isToldPortByPort(ScanRow row) {
        row.run(scanner, Scanner.PORTS);
        assertEveryPortIsTold(row, row.sourceOf(scanner));
    }

    @Test
    void decoys_areEachToldLikeTheRealScanner() {
        scanner.nmap("-sS -D 10.78.99.1,10.78.99.2,ME -p " + Scanner.PORTS);
        for (String source : List.of("10.78.99.1", "10.78.99.2", scanner.v4())) {
            assertEveryPortIsTold(ScanRow.SYN, source);
        }
    }

    @Test
    void slowScan_onePortEachFourSeconds_isToldPortByPort() {
        lab.hosts().onScanner("nmap -n -Pn --send-ip -sS --max-retries 0 --scan-delay 4s --max-scan-delay 4s -p "
                + Scanner.PORTS + " " + TwoHosts.SENSOR_V4);
        assertEveryPortIsTold(ScanRow.SYN, scanner.v4());
    }

    @Test
    void clientOfARealWebServer_isNeverTold() {
        for (int i = 0; i < 20; i++) {
            assertThat(isAnswered(scanner, TwoHosts.SENSOR_V4)).isTrue();
            assertThat(isAnswered(scanner, TwoHosts.SENSOR_V6)).isTrue();
        }
        Scanner last = lab.newScanner();
        last.connect(11);
        SENSORS.forEach((watcher, sensor) -> {
            sensor.awaitConsole(watcher.line(ScanRow.CONNECT, last.v4(), 11));
            assertThat(sensor.linesAbout(scanner.v4())).as("seen by %s", watcher).isEmpty();
            assertThat(sensor.linesAbout(scanner.v6())).as("seen by %s", watcher).isEmpty();
        });
    }

    /** A GET to the web server. */
    private static boolean isAnswered(Scanner client, String address) {
        return client.hosts().onScannerBash("timeout 2 bash -c 'exec 3<>/dev/tcp/" + address + "/80;"
                + " printf \"GET / HTTP/1.0\\r\\n\\r\\n\" >&3; cat <&3' 2>&1 || true").contains(" 200 OK");
    }
}
