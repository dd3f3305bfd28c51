package org.edgesentry.netty.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.edgesentry.netty.lab.ChildJvm;
import org.edgesentry.netty.lab.Shell;
import org.edgesentry.netty.lab.TwoHosts;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Addresses, routes and links that change in a namespace. Needs root. */
class HostWatchIT {

    private static final Duration PROMISED = Duration.ofSeconds(2);

    private TwoHosts hosts;
    private ChildJvm watch;

    @BeforeEach
    void begin() {
        hosts = new TwoHosts();
        watch = new ChildJvm(hosts.sensorPrefix(), List.of(), HostWatchChild.class);
        watch.awaitLine("READY");
    }

    @AfterEach
    void end() {
        watch.close();
        hosts.close();
    }

    @Test
    void address_addedAndRemoved_isFollowed() {
        hosts.onSensor("ip addr add 10.77.0.9/24 dev near");
        awaitView("10.77.0.9", true);
        hosts.onSensor("ip addr add fd77::9/64 dev near nodad");
        awaitView("fd77::9", true);
        hosts.onSensor("ip addr del 10.77.0.9/24 dev near");
        awaitView("10.77.0.9", false);
        hosts.onSensor("ip addr del fd77::9/64 dev near");
        awaitView("fd77::9", false);
    }

    @Test
    void defaultRoute_addedAndRemoved_isFollowed() {
        hosts.onSensor("ip route add default via 10.77.0.1");
        awaitView("gateways=[10.77.0.1]", true);
        hosts.onSensor("ip -6 route add default via fd77::1");
        awaitView("gateways=[10.77.0.1, fd77::1]", true);
        hosts.onSensor("ip route del default");
        hosts.onSensor("ip -6 route del default");
        awaitView("gateways=[]", true);
    }

    @Test
    void link_addedRenamedAndDeleted_isFollowed() {
        hosts.onSensor("ip link add one type veth peer name other");
        awaitView("interfaces=lo, near, other, one", true);
        hosts.onSensor("ip link set one name two");
        awaitView("interfaces=lo, near, other, two", true);
        hosts.onSensor("ip link delete two");
        awaitView("two", false);
    }

    /** The kernel's queue for us overflows; what is true at the end is told all the same, and at little cost. */
    @Test
    void links_changedAllTheTime_costLittleAndEndRight() {
        long before = cpuMillis();
        long begin = System.nanoTime();
        shell("""
                end=$((SECONDS + 5))
                while [ $SECONDS -lt $end ]; do
                    for i in 1 2 3 4 5 6 7 8; do
                        echo "link add d$i type veth peer name e$i"
                        echo "addr add 10.90.$i.1/24 dev d$i"
                    done | ip -batch -
                    for i in 1 2 3 4 5 6 7 8; do
                        echo "link delete d$i"
                    done | ip -batch -
                done
                """);
        long seconds = Duration.ofNanos(System.nanoTime() - begin).toSeconds();
        assertThat(cpuMillis() - before).as("milliseconds of work in %d s", seconds).isLessThan(100 * seconds);
        hosts.onSensor("ip addr add 10.77.0.7/24 dev near");
        await().atMost(PROMISED).until(() -> lastView().contains("10.77.0.7")
                && lastView().endsWith("interfaces=lo, near"));
    }

    /** A router changes routes all the time; only the default ones matter. */
    @Test
    void routes_otherThanDefault_wakeNobody() {
        long before = cpuMillis();
        shell("for i in $(seq 5000); do echo \"route add 172.16.$((i % 250)).$((i / 250 * 4))/30 via 10.77.0.1\"; done"
                + " | ip -batch -");
        assertThat(cpuMillis() - before).isLessThan(100);
        hosts.onSensor("ip route add default via 10.77.0.1");
        awaitView("gateways=[10.77.0.1]", true);
    }

    @Test
    void watch_startedAndClosedHundredTimes_leavesNothingBehind() {
        watch.ask("restart", "RESTARTED");
        int[] before = resources();
        for (int i = 0; i < 100; i++) {
            watch.ask("restart", "RESTARTED");
        }
        // A look under way has a file open.
        await().atMost(PROMISED).untilAsserted(() -> {
            int[] after = resources();
            assertThat(after[0]).as("descriptors").isLessThanOrEqualTo(before[0]);
            assertThat(after[1]).as("threads").isLessThanOrEqualTo(before[1]);
        });
    }

    /** Descriptors and threads. */
    private int[] resources() {
        return Pattern.compile("\\d+").matcher(watch.ask("resources", "RESOURCES")).results()
                .mapToInt(number -> Integer.parseInt(number.group())).toArray();
    }

    private long cpuMillis() {
        return Long.parseLong(watch.ask("cpu", "CPU").replaceAll("\\D", ""));
    }

    private void shell(String script) {
        List<String> command = hosts.sensorPrefix();
        command.addAll(List.of("bash", "-c", script));
        Shell.run(command);
    }

    private void awaitView(String text, boolean present) {
        await().atMost(PROMISED).untilAsserted(() -> {
            if (present) {
                assertThat(lastView()).contains(text);
            } else {
                assertThat(lastView()).doesNotContain(text);
            }
        });
    }

    private String lastView() {
        List<String> views = watch.lines().stream().filter(line -> line.startsWith("VIEW ")).toList();
        return views.get(views.size() - 1);
    }
}
