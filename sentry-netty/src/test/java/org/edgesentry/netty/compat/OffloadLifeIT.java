package org.edgesentry.netty.compat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.ToIntFunction;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.edgesentry.netty.lab.Shell;
import org.edgesentry.netty.lab.TwoHosts;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** BLOCK_OFFLOAD: kernel and record agree, whatever becomes of the daemon, of blocks, and of the load. */
class OffloadLifeIT extends BlackBox {

    private static final int BLOCK_MAX = 500;
    private static final int BLOCK_RATE = 100;
    private static final Duration FLOOD = Duration.ofSeconds(10);
    private static final long SECOND_NANOS = Duration.ofSeconds(1).toNanos();
    private static final Pattern HOST = Pattern.compile(".* Host: ([0-9a-f.:]+)/.*");

    private KernelSets kernel;

    @BeforeEach
    void prepareTraps() {
        kernel = new KernelSets(lab.hosts());
        setup.set("TCP_PORTS", "1-1024").set("UDP_PORTS", "1-1024").set("BLOCK_TCP", "1");
    }

    @Test
    void killed_theKernelGoesOn_andTheNextStartTakesOver() {
        Scanner meanwhile = lab.newScanner();
        Scanner later = lab.newScanner();
        try (Sensor first = setup.start()) {
            probe(scanner);
            first.awaitBlockedFile(scanner.v4());
            first.process().kill();
            assertThat(kernel.hasTrapRules()).isTrue();
            probe(meanwhile);
            assertThat(kernel.blocked()).containsExactlyInAnyOrder(scanner.v4(), meanwhile.v4());
        }
        try (Sensor second = setup.start()) {
            second.awaitConsole("Blocks of a former run: 2 in force again, of which 1 were known to the firewall only");
            awaitAgreement(second);
            probe(later);
            second.awaitBlockedFile(later.v4());
            assertThat(kernel.blocked()).containsExactlyInAnyOrder(scanner.v4(), meanwhile.v4(), later.v4());
            assertThat(second.terminate()).isZero();
            assertThat(kernel.hasTrapRules()).isFalse();
            assertThat(kernel.blocked()).containsExactlyInAnyOrder(scanner.v4(), meanwhile.v4(), later.v4());
        }
        double left = kernel.secondsLeft(scanner.v4());
        assertThat(left).isBetween(3_000.0, 3_599.0);
        try (Sensor third = setup.start()) {
            third.awaitConsole("Blocks of a former run: 3 in force again, of which 0");
            assertThat(kernel.secondsLeft(scanner.v4())).isBetween(left - 60, left + 1);
            assertThat(kernel.hasTrapRules()).isTrue();
            awaitAgreement(third);
        }
    }

    /** What a killed run has left must not stand in the way of other settings. */
    @Test
    void killed_theNextStartWithOtherSettings_takesTheRulesAway() {
        try (Sensor first = setup.start()) {
            probe(scanner);
            first.awaitBlockedFile(scanner.v4());
            first.process().kill();
        }
        try (Sensor second = setup.set("BLOCK_MAX", "300").set("BLOCK_OFFLOAD", "0").start()) {
            assertThat(kernel.hasTrapRules()).isFalse();
            assertThat(kernel.blocked()).containsExactly(scanner.v4());
            awaitAgreement(second);
            setup.set("BLOCK_OFFLOAD", "1").write();
            second.process().hangUp();
            await().atMost(Duration.ofSeconds(8)).until(kernel::hasTrapRules);
        }
    }

    @Test
    void blocks_endInKernelAndRecordTogether_andGrowLonger() throws IOException {
        setup.set("BLOCK_TIME", "3s");
        try (Sensor first = setup.start()) {
            probe(scanner);
            assertThat(kernel.elements("blocked4")).containsEntry(scanner.v4(), "3s");
            first.awaitBlockedFile(scanner.v4());
            endsTogether(first, 1);
            // Nobody blocks it again by what is remembered of the first block.
            await().pollDelay(Duration.ofSeconds(4)).until(() -> true);
            assertThat(kernel.blocked()).isEmpty();
            assertThat(first.blocked()).isEmpty();
            probe(scanner);
            awaitTime("6s");
            assertThat(first.terminate()).isZero();
        }
        try (Sensor second = setup.start()) {
            assertThat(kernel.secondsLeft(scanner.v4())).isBetween(0.0, 6.0);
            endsTogether(second, 1);
            probe(scanner);
            awaitTime("12s");
            awaitAgreement(second);
            assertThat(second.console("WARN.*(made anew|put back|cannot be)")).isEmpty();
        }
    }

    private void awaitTime(String time) {
        await().atMost(Duration.ofSeconds(2)).pollInterval(Duration.ofMillis(20)).untilAsserted(() ->
                assertThat(kernel.elements("blocked4")).containsEntry(scanner.v4(), time));
    }

    /** The record looks at its times once a second. */
    private void endsTogether(Sensor sensor, int times) {
        kernel.awaitNotBlocked(scanner.v4());
        await().atMost(Duration.ofMillis(2_500)).pollInterval(Duration.ofMillis(50)).untilAsserted(() -> {
            assertThat(sensor.console("Host " + scanner.v4() + " is no longer blocked")).hasSize(times);
            assertThat(sensor.blocked()).isEmpty();
        });
    }

    @Test
    void forgedFlood_staysWithinRateAndMax_andARealScannerIsBlocked() throws Exception {
        Shell.need("hping3", "hping3");
        lab.hosts().onSensor("ip route add default via 10.77.0.1");
        setup.set("BLOCK_RATE", String.valueOf(BLOCK_RATE)).set("BLOCK_MAX", String.valueOf(BLOCK_MAX));
        try (Sensor sensor = setup.start()) {
            Process flood = new ProcessBuilder(flood()).redirectErrorStream(true)
                    .redirectOutput(directory.resolve("flood").toFile()).start();
            Samples samples = new Samples();
            try {
                samples.takeUntil(System.nanoTime() + FLOOD.toNanos());
                assertGatewayAnswers();
                lab.hosts().onScanner("timeout 20 nmap -n -Pn --send-ip -sS --max-retries 0 --max-rate 20 -p 600-640 "
                        + TwoHosts.SENSOR_V4);
                kernel.awaitBlocked(scanner.v4());
                samples.takeUntil(System.nanoTime() + SECOND_NANOS);
            } finally {
                flood.destroy();
                flood.waitFor();
            }
            assertGatewayAnswers();
            assertThat(samples.mostInASecond(Sample::byKernel)).as("the kernel's half").isBetween(1, BLOCK_RATE / 2);
            // The daemon counts by the time of the packets: where it is late, two seconds of its half come in one.
            assertThat(samples.mostInASecond(Sample::added)).isBetween(1, BLOCK_RATE / 2 * 3);
            assertThat(samples.most).isBetween(BLOCK_MAX / 5 * 4, BLOCK_MAX);
            awaitAgreement(sensor);
            assertThat(kernel.blocked()).contains(scanner.v4()).doesNotContain("10.77.0.1");
            assertThat(sensor.console("WARN.*(made anew|put back|cannot be)")).isEmpty();
        } finally {
            lab.hosts().onSensor("ip route del default");
        }
    }

    private void assertGatewayAnswers() {
        List<String> connection = lab.hosts().sensorPrefix();
        connection.addAll(List.of("bash", "-c", "timeout 2 bash -c '</dev/tcp/10.77.0.1/9' 2>&1 || true"));
        assertThat(Shell.run(connection)).contains("refused");
    }

    /** Ends by itself after about half a minute at the latest. */
    private List<String> flood() {
        List<String> command = new ArrayList<>(lab.hosts().scannerPrefix());
        command.addAll(List.of("timeout", "60", "hping3", "-q", "-n", "-S", "-p", "11", "--rand-source", "-i", "u100",
                "-c", "200000", TwoHosts.SENSOR_V4));
        return command;
    }

    private static void probe(Scanner by) {
        by.sendsFromHere();
        by.connect(11);
    }

    /** The blocked file names whom the kernel's sets hold, and nobody else. */
    private void awaitAgreement(Sensor sensor) {
        await("kernel and blocked file agree").atMost(Duration.ofSeconds(15)).pollInterval(Duration.ofMillis(200))
                .untilAsserted(() -> assertThat(new TreeSet<>(sensor.blocked().stream().map(HOST::matcher)
                        .filter(line -> line.matches()).map(line -> line.group(1)).collect(Collectors.toSet())))
                        .isEqualTo(kernel.blocked()));
    }

    /** What the sets hold, looked at as often as possible. */
    private final class Samples {

        private final List<Sample> all = new ArrayList<>();
        private Set<String> before = Set.of();
        private Set<String> freshBefore = Set.of();
        private int most;

        void takeUntil(long endNanos) {
            while (System.nanoTime() < endNanos) {
                long began = System.nanoTime();
                Set<String> now = kernel.blocked();
                Set<String> fresh = kernel.elements("fresh4").keySet();
                all.add(new Sample(began, System.nanoTime(), countNew(now, before), countNew(fresh, freshBefore)));
                most = Math.max(most, now.size());
                before = now;
                freshBefore = fresh;
            }
        }

        private static int countNew(Set<String> now, Set<String> before) {
            return (int) now.stream().filter(element -> !before.contains(element)).count();
        }

        /** Of looks of which the first began and the last ended within one second, all but the first count. */
        int mostInASecond(ToIntFunction<Sample> count) {
            int maximum = 0;
            for (int first = 0; first < all.size(); first++) {
                int sum = 0;
                for (int last = first + 1; last < all.size()
                        && all.get(last).endNanos - all.get(first).beginNanos <= SECOND_NANOS; last++) {
                    sum += count.applyAsInt(all.get(last));
                }
                maximum = Math.max(maximum, sum);
            }
            return maximum;
        }
    }

    private record Sample(long beginNanos, long endNanos, int added, int byKernel) {
    }
}
