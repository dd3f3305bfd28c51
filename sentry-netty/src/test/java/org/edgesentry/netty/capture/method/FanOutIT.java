package org.edgesentry.netty.capture.method;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.edgesentry.netty.lab.ChildJvm;
import org.edgesentry.netty.lab.Shell;
import org.edgesentry.netty.lab.TwoHosts;
import org.junit.jupiter.api.Test;

/** Several readers share the packets that come to one host. Needs root. */
class FanOutIT {

    private static final int PACKETS = 4_000;
    private static final int SOURCES = 16;
    private static final Pattern EVENT = Pattern.compile("EVENT TCP ([0-9.]+):(\\d+) > .* by=(\\S+)");

    @Test
    void packetsOfManySources_twoReaders_comeOnceEachAndOfOneSourceInOrder() {
        try (TwoHosts hosts = new TwoHosts();
                CaptureProcess capture = new CaptureProcess(hosts.sensorPrefix(), List.of(), "ring*2", "ALL_NLO",
                        "1-1024", "none", "print")) {
            sendSyns(hosts);
            await().atMost(Duration.ofSeconds(30)).until(() -> capture.events().size() >= PACKETS);
            List<Matcher> events = capture.events().stream().map(EVENT::matcher).filter(Matcher::find).toList();

            assertThat(capture.awaitLine("READY")).contains("2 times 32768 slots");
            assertThat(events).extracting(event -> event.group(2)).hasSize(PACKETS).doesNotHaveDuplicates();
            assertThat(events).extracting(event -> event.group(3)).containsOnly("sentry-capture-1", "sentry-capture-2")
                    .contains("sentry-capture-1", "sentry-capture-2");
            Map<String, List<Matcher>> bySource = events.stream().collect(Collectors.groupingBy(one -> one.group(1)));
            assertThat(bySource).hasSize(SOURCES).allSatisfy((source, own) -> {
                assertThat(own).extracting(event -> event.group(3)).containsOnly(own.get(0).group(3));
                assertThat(own).extracting(event -> Integer.valueOf(event.group(2))).isSorted();
            });
            assertThat(capture.statistic("decodedPackets")).isEqualTo(PACKETS);
        }
    }

    private static void sendSyns(TwoHosts hosts) {
        List<String> command =
                ChildJvm.javaCommand(hosts.scannerPrefix(), List.of("-Dsources=" + SOURCES), SynSender.class);
        String mac = hosts.onSensor("cat /sys/class/net/near/address").strip();
        command.addAll(List.of("far", mac, Integer.toString(PACKETS), "23"));
        assertThat(Shell.run(command)).contains("SENT " + PACKETS);
    }
}
