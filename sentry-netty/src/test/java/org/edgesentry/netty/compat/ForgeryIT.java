package org.edgesentry.netty.compat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;
import org.edgesentry.netty.lab.Shell;
import org.edgesentry.netty.lab.TwoHosts;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What packets with a forged source can bring about, and what not. */
class ForgeryIT extends BlackBox {

    private static final String VICTIM = "10.78.200.1";
    private static final int RATE = 20;
    private static final int MAX = 50;

    @BeforeEach
    void needForger() {
        Shell.need("hping3", "hping3");
    }

    /** hping3 against the sensor; it says nothing, and nobody answers a forged source. */
    private void forge(String options) {
        lab.hosts().onScannerBash("timeout 10 hping3 -q -n " + options + " " + TwoHosts.SENSOR_V4
                + " > /dev/null 2>&1 || true");
    }

    private long received() {
        return Long.parseLong(lab.hosts().onSensor("cat /sys/class/net/near/statistics/rx_packets").strip());
    }

    private long blockedNow() {
        return Pattern.compile(" expires ").matcher(lab.hosts().onSensor("nft list set inet edge_sentry blocked4"))
                .results().count();
    }

    @ParameterizedTest
    @ValueSource(strings = {"--connect", "-tcp -sudp"})
    void verifiedOnly_forgedProbesAreToldAndAConnectionIsBlocked(String modes) {
        setup.set("BLOCK_TCP", "1").set("BLOCK_UDP", "1").set("BLOCK_VERIFIED_ONLY", "1");
        try (Sensor sensor = setup.start(modes.split(" "))) {
            forge("-S -p 11 -c 20 -i u1000 -a " + VICTIM);
            forge("--udp -p 11 -c 20 -i u1000 -a " + VICTIM);
            sensor.awaitConsole("from.*\\W" + VICTIM + "\\W.*11");
            assertThat(sensor.linesAbout(VICTIM)).noneMatch(line -> line.contains("blocked: [true]"));

            scanner.connect(15);
            sensor.awaitConsole("Host " + scanner.v4() + " has been blocked");
            sensor.awaitInFirewall(scanner.v4());
            assertThat(sensor.isInFirewall(VICTIM)).isFalse();
            assertThat(sensor.console("No source can ever be blocked")).isEmpty();
        }
    }

    @Test
    void verifiedOnly_whereNoTrapIsBound_isWarnedOfAtTheStart() {
        setup.set("BLOCK_TCP", "1").set("BLOCK_VERIFIED_ONLY", "1");
        try (Sensor sensor = setup.start("--stealth")) {
            sensor.awaitConsole("^WARN: No source can ever be blocked: BLOCK_VERIFIED_ONLY is 1.*--connect or -tcp");
            scanner.nmap("-sS -p 11");
            sensor.awaitConsole(Expected.scan(scanner.v4(), "TCP", 11, "TCP SYN/Normal scan", Expected.LOGGED));
            assertThat(sensor.isInFirewall(scanner.v4())).isFalse();
        }
    }

    @Test
    void breakers_aForgedFlood_fillsNeitherFirewallNorLogAndHidesNobody() {
        // With the kernel at it: OffloadLifeIT.
        setup.set("BLOCK_OFFLOAD", "0").set("BLOCK_TCP", "1").set("BLOCK_RATE", "" + RATE).set("BLOCK_MAX", "" + MAX);
        try (Sensor sensor = setup.start("--stealth")) {
            long start = System.nanoTime();
            lab.hosts().onScannerBash("timeout 10 hping3 -q -n --rand-source -S -p 11 -c 1500 -i u2500 "
                    + TwoHosts.SENSOR_V4 + " > /dev/null 2>&1 &");
            await("BLOCK_MAX blocks").atMost(Duration.ofSeconds(20)).pollInterval(Duration.ofMillis(50)).until(() -> {
                long blocked = blockedNow();
                long seconds = Duration.ofNanos(System.nanoTime() - start).toSeconds();
                assertThat(blocked).isLessThanOrEqualTo(Math.min(MAX, RATE * (seconds + 1)));
                return blocked == MAX;
            });
            sensor.awaitConsole("^WARN: BLOCK_RATE is reached since .*raise BLOCK_RATE");
            sensor.awaitConsole("^WARN: BLOCK_MAX .50 blocks. is reached since .*Raise BLOCK_MAX");

            // While they come, a single probe of somebody else is one of theirs.
            AtomicLong before = new AtomicLong();
            await("end of the flood").atMost(Duration.ofSeconds(20)).pollInterval(Duration.ofMillis(500))
                    .until(() -> received(), now -> before.getAndSet(now) == now);
            scanner.nmap("-sS -p 15");
            sensor.awaitConsole("from: .*\\W" + scanner.v4() + "\\W.*port: .15.*noblock: .false. blocked: .false.");
            assertThat(blockedNow()).isEqualTo(MAX);
            sensor.terminate();
            assertThat(sensor.console("is reached since")).hasSize(2);
            assertThat(sensor.console("Blocks: " + MAX + " made, [1-9]\\d* put off, [1-9]\\d* refused, " + MAX
                    + " in force")).hasSize(1);
        }
    }
}
