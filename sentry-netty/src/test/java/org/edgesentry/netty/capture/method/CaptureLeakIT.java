package org.edgesentry.netty.capture.method;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.stream.Stream;
import org.edgesentry.core.net.PortSet;
import org.edgesentry.core.probe.ProbeEvent;
import org.edgesentry.core.probe.ProbePublisher;
import org.edgesentry.netty.capture.CaptureException;
import org.edgesentry.netty.capture.CaptureMethod;
import org.edgesentry.netty.capture.InterfaceSelection;
import org.edgesentry.netty.capture.PacketCapture;
import org.edgesentry.netty.capture.TrapFilter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a capture takes, it gives back. Needs root. */
class CaptureLeakIT {

    private static final int ROUNDS = 100;

    @ParameterizedTest
    @EnumSource(CaptureMethod.class)
    void openAndClose_hundredTimes_leavesNothingBehind(CaptureMethod method) throws Exception {
        openAndClose(method, true);
        openAndClose(method, false);
        long descriptors = descriptors();
        long mappings = ringMappings();
        for (int i = 0; i < ROUNDS; i++) {
            openAndClose(method, i % 2 == 0);
        }
        // On a busy machine a thread may end a little after its capture was closed.
        await().untilAsserted(() -> assertThat(descriptors()).isEqualTo(descriptors));
        assertThat(ringMappings()).isEqualTo(mappings).isZero();
        assertThat(Thread.getAllStackTraces().keySet())
                .noneMatch(thread -> thread.getName().startsWith("sentry-capture"));
    }

    private static void openAndClose(CaptureMethod method, boolean started) throws CaptureException {
        BitSet ports = new BitSet();
        ports.set(65_000);
        TrapFilter traps = new TrapFilter(PortSet.of(ports), PortSet.EMPTY);
        try (PacketCapture capture = PacketCaptures.open(method, InterfaceSelection.ALL, traps,
                CaptureLeakIT::publisher)) {
            if (started) {
                capture.start();
            }
        }
    }

    private static ProbePublisher publisher() {
        ProbeEvent event = new ProbeEvent();
        return new ProbePublisher() {
            @Override
            public ProbeEvent begin() {
                event.clear();
                return event;
            }

            @Override
            public boolean publish() {
                return true;
            }
        };
    }

    private static long descriptors() throws IOException {
        try (Stream<Path> open = Files.list(Path.of("/proc/self/fd"))) {
            return open.count();
        }
    }

    private static long ringMappings() throws IOException {
        try (Stream<String> maps = Files.lines(Path.of("/proc/self/maps"))) {
            return maps.filter(line -> line.contains("socket:")).count();
        }
    }
}
