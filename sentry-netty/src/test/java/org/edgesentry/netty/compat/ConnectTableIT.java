package org.edgesentry.netty.compat;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Which scans the modes that bind ports see: those that connect, and datagrams. One daemon takes all scans. */
class ConnectTableIT extends BlackBox {

    @ParameterizedTest
    @EnumSource(value = Watcher.class, names = {"CONNECT", "OLD_CONNECT"})
    void scanThatConnects_isToldPortByPort_andNoOther(Watcher watcher) {
        setup.set("BLOCK_TCP", "0").set("BLOCK_UDP", "0");
        try (Sensor sensor = setup.start(watcher.options())) {
            Stream.of(ScanRow.values()).forEach(row -> {
                Scanner source = lab.newScanner();
                row.run(source, Scanner.PORTS);
                if (row.isSeenBy(watcher)) {
                    assertEveryPortIsTold(sensor, watcher, row, row.sourceOf(source));
                } else {
                    sensor.awaitAllSeen(lab, source, "TCP");
                    assertThat(watcher.detections(sensor, row.sourceOf(source))).as("%s", row).isEmpty();
                }
            });
        }
    }

    private static void assertEveryPortIsTold(Sensor sensor, Watcher watcher, ScanRow row, String source) {
        for (String port : Scanner.PORTS.split(",")) {
            sensor.awaitConsole(watcher.line(row, source, Integer.parseInt(port)));
        }
        assertThat(watcher.detections(sensor, source)).as("%s seen by %s", row, watcher).hasSize(9);
    }
}
