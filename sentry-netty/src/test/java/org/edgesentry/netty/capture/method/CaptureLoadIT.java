package org.edgesentry.netty.capture.method;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import org.edgesentry.netty.lab.ChildJvm;
import org.edgesentry.netty.lab.Shell;
import org.edgesentry.netty.lab.TwoHosts;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Floods between two namespaces: every packet is accounted for. Needs root. */
class CaptureLoadIT {

    private static final int BURST = 200_000;
    private static final int RING_SLOTS = 32_768;
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private TwoHosts hosts;

    @BeforeEach
    void makeHosts() {
        hosts = new TwoHosts();
    }

    @AfterEach
    void deleteHosts() {
        hosts.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"ring", "pcap"})
    void burst_ofSyns_isReceivedOrReportedAsDropped(String method) {
        try (CaptureProcess capture = capture(method, "count")) {
            sendSyns(BURST);
            await().atMost(PATIENCE).untilAsserted(() ->
                    assertThat(capture.received() + capture.statistic("droppedByKernel")).isEqualTo(BURST));
            await().atMost(PATIENCE).untilAsserted(() ->
                    assertThat(capture.statistic("decodedPackets")).isEqualTo(capture.received()));
        }
    }

    @Test
    void burst_whileThePipelineStands_ringDropsWhatFindsNoSlotAndSaysSo() {
        try (CaptureProcess capture = capture("ring", "stall")) {
            sendSyns(BURST);
            long received = capture.received();
            // The slot whose packet is being handled is still taken.
            assertThat(received).isEqualTo(RING_SLOTS);
            assertThat(capture.statistic("droppedByKernel")).isEqualTo(BURST - received);
            capture.send("go");
            await().atMost(PATIENCE).untilAsserted(() ->
                    assertThat(capture.statistic("decodedPackets")).isEqualTo(received));
            sendSyns(1_000);
            await().atMost(PATIENCE).untilAsserted(() ->
                    assertThat(capture.statistic("decodedPackets")).isEqualTo(received + 1_000));
        }
    }

    @Test
    void burst_onWarmRing_allocatesNothingPerPacket() {
        try (CaptureProcess capture = capture("ring", "count")) {
            sendSyns(BURST);
            awaitDecoded(capture, BURST);
            long before = allocated(capture);
            sendSyns(BURST);
            awaitDecoded(capture, 2 * BURST);
            assertThat(allocated(capture) - before).as("bytes over %d packets", BURST).isLessThan(100_000);
        }
    }

    /** Some may be dropped when the machine is busy; most must come. */
    private static void awaitDecoded(CaptureProcess capture, long sent) {
        await().atMost(PATIENCE).untilAsserted(() ->
                assertThat(capture.statistic("decodedPackets") + capture.statistic("droppedByKernel"))
                        .isEqualTo(sent));
    }

    private static long allocated(CaptureProcess capture) {
        return Long.parseLong(capture.ask("allocated", "ALLOCATED").split(" ")[1]);
    }

    private CaptureProcess capture(String method, String mode) {
        return new CaptureProcess(hosts.sensorPrefix(), List.of(), method, "ALL_NLO", "1-1024", "none", mode);
    }

    private void sendSyns(int count) {
        List<String> command = ChildJvm.javaCommand(hosts.scannerPrefix(), List.of(), SynSender.class);
        String mac = hosts.onSensor("cat /sys/class/net/near/address").strip();
        command.addAll(List.of("far", mac, Integer.toString(count), "23"));
        assertThat(Shell.run(command)).contains("SENT " + count);
    }
}
