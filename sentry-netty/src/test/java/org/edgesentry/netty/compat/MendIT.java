package org.edgesentry.netty.compat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.edgesentry.netty.lab.Shell;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What others do to our part of the firewall, and to the interfaces, under the running daemon: it says so and mends it
 * within five seconds.
 */
class MendIT extends BlackBox {

    private static final Duration WITHIN = Duration.ofSeconds(5);
    /** As strace shows them: NFNL_SUBSYS_NFTABLES, and the kind of linux/netfilter/nf_tables.h. */
    private static final String NFT_MSG_NEWSETELEM = "nlmsg_type=0xa0c";
    private static final String NFT_MSG_GETSETELEM = "nlmsg_type=0xa0d";
    private static final String BLOCKED = "\\x62\\x6c\\x6f\\x63\\x6b\\x65\\x64";
    private static final String OURS = "inet edge_sentry";

    /** The words of foreign programs: "systemctl reload nftables" is the second. */
    private static final List<String> NFT_COMMANDS = List.of(
            "nft flush ruleset",
            "nft -f %s/nftables.conf",
            "nft delete table " + OURS,
            "nft flush chain " + OURS + " prerouting",
            "nft flush table " + OURS,
            "nft 'delete chain " + OURS + " prerouting'",
            "nft delete rule " + OURS + " prerouting handle $(nft -a list chain " + OURS
                    + " prerouting | sed -n '/blocked4/s/.*handle //p' | head -1)",
            "nft flush set " + OURS + " blocked4",
            "nft delete element " + OURS + " blocked4 { $(nft list set " + OURS
                    + " blocked4 | grep -o '10[.]78[.]0[.][0-9]*' | head -1) }");

    @BeforeAll
    static void tools() {
        Shell.need("iptables", "iptables");
        Shell.need("ipset", "ipset");
        Shell.need("strace", "strace");
    }

    /** The namespaces of this class are shared. */
    @AfterEach
    void clean() {
        onSensor("iptables -t raw -F; ip6tables -t raw -F; ipset destroy; ip route flush type blackhole; "
                + "ip -6 route flush type blackhole; true");
    }

    private String onSensor(String script) {
        List<String> command = lab.hosts().sensorPrefix();
        command.addAll(List.of("sh", "-c", script + " 2> /dev/null"));
        return Shell.run(command);
    }

    private Sensor start() {
        return setup.set("BLOCK_TCP", "1").start();
    }

    private void block(Sensor sensor) {
        scanner.connect(1);
        sensor.awaitConsole("Host " + Pattern.quote(scanner.v4()) + " has been blocked");
    }

    /** Sorted: a chain that is made anew is the last. */
    private List<String> rules() {
        return onSensor("nft -t list table " + OURS + " || true").lines().sorted().toList();
    }

    @Test
    void nftables_somebodyTakesItAway_isMended() throws IOException {
        Files.writeString(directory.resolve("nftables.conf"), """
                #!/usr/sbin/nft -f
                flush ruleset
                table inet filter {
                    chain input { type filter hook input priority 0; tcp dport 65000 counter accept; }
                }
                """);
        try (Sensor sensor = start()) {
            block(sensor);
            sensor.awaitInFirewall(scanner.v4());
            List<String> before = rules();
            assertThat(before).anyMatch(line -> line.contains("saddr @blocked4 drop"));
            long left = secondsLeft();

            for (String command : NFT_COMMANDS) {
                onSensor(command.formatted(directory));
                await(command).atMost(WITHIN).untilAsserted(() -> {
                    assertThat(BlocksHeld.inSet(lab.hosts())).as("%s", sensor.console()).containsKey(scanner.v4());
                    assertThat(rules()).isEqualTo(before);
                });
                assertThat(secondsLeft()).isLessThanOrEqualTo(left + 1);
                assertThat(scanner.connect(65_000)).doesNotContain("refused");
            }
            assertThat(sensor.console("by somebody else")).isNotEmpty();
            assertNewcomerIsBlocked(sensor);
        }
        onSensor("nft delete table inet filter || true");
    }

    private long secondsLeft() {
        assertThat(BlocksHeld.inSet(lab.hosts())).containsKey(scanner.v4());
        return BlocksHeld.inSet(lab.hosts()).get(scanner.v4());
    }

    private void assertNewcomerIsBlocked(Sensor sensor) {
        Scanner newcomer = lab.newScanner();
        newcomer.connect(1);
        sensor.awaitConsole("Host " + Pattern.quote(newcomer.v4()) + " has been blocked");
        scanner.sendsFromHere();
    }

    @ParameterizedTest
    @CsvSource({
        "ipset, ipset save edge_sentry4, ipset flush edge_sentry4 | iptables -t raw -F && ipset destroy edge_sentry4"
                + " | iptables -t raw -F | nft flush ruleset",
        "iptables, iptables -t raw -S, iptables -t raw -F | iptables -t raw -F && iptables -t raw -X"
                + " | iptables -t raw -F EDGE_SENTRY | nft flush ruleset",
        "route, ip route show type blackhole, ip route flush type blackhole"})
    void otherMethods_somebodyTakesItAway_isMended(String method, String listing, String commands) {
        if (method.equals("iptables")) {
            setup.hide("ipset");
        }
        setup.set("BLOCK_METHOD", method.equals("ipset") ? "iptables" : method);
        try (Sensor sensor = start()) {
            block(sensor);
            await().atMost(WITHIN).until(() -> onSensor(listing).contains(scanner.v4()));

            for (String command : commands.split(" \\| ")) {
                onSensor(command);
                await(command).atMost(WITHIN).untilAsserted(() -> {
                    assertThat(onSensor(listing)).as("the console says %s", sensor.console()).contains(scanner.v4());
                    assertThat(onSensor("iptables -t raw -S PREROUTING")).satisfiesAnyOf(
                            rules -> assertThat(method).isEqualTo("route"),
                            rules -> assertThat(rules).containsAnyOf("edge_sentry4", "EDGE_SENTRY"));
                });
            }
            assertThat(sensor.console("by somebody else")).isNotEmpty();
            assertNewcomerIsBlocked(sensor);
        }
    }

    /** Docker and others change their tables all the time: that must not have us list 200,000 elements. */
    @Test
    void foreignTables_change_nothingOfOursIsListed() throws IOException {
        Path trace = directory.resolve("trace");
        try (Sensor sensor = setup.set("BLOCK_OFFLOAD", "0").set("BLOCK_TCP", "1").start()) {
            block(sensor);
            sensor.awaitInFirewall(scanner.v4());
            Process strace = new ProcessBuilder("strace", "-f", "-p", String.valueOf(sensor.process().pid()), "-e",
                    "trace=sendto,sendmsg", "-o", trace.toString()).redirectErrorStream(true).start();
            await().until(() -> strace.inputReader().readLine().contains("attached"));
            for (int i = 0; i < 20; i++) {
                onSensor("nft add table inet foreign" + i % 2 + "; nft add set inet foreign" + i % 2
                        + " some { type ipv4_addr\\; }; nft add element inet foreign" + i % 2 + " some { 192.0.2." + i
                        + " }; nft delete table inet foreign" + i % 2);
            }
            Scanner newcomer = lab.newScanner();
            newcomer.connect(1);
            sensor.awaitConsole("Host " + Pattern.quote(newcomer.v4()) + " has been blocked");
            await("two ticks").pollDelay(Duration.ofSeconds(2)).until(() -> true);
            strace.destroy();
            assertThat(Files.readAllLines(trace)).anyMatch(line -> line.contains(NFT_MSG_NEWSETELEM))
                    .noneMatch(line -> line.contains(NFT_MSG_GETSETELEM) && line.contains(BLOCKED));
            assertThat(sensor.console("by somebody else")).isEmpty();
        }
    }

    @Test
    void interface_downAndUp_orMadeAnew_daemonGoesOn() {
        try (Sensor sensor = start()) {
            block(sensor);
            onSensor("ip link set near down && ip link set near up");
            wireUp();
            assertNewcomerIsSoonBlocked(sensor);

            onSensor("ip link delete near");
            lab.hosts().link("far", "near", "10.77.0", "fd77::");
            wireUp();
            assertNewcomerIsSoonBlocked(sensor);
            assertThat(sensor.isInFirewall(scanner.v4())).isTrue();
            assertThat(sensor.terminate()).isZero();
        }
    }

    private void wireUp() {
        onSensor("ip route replace 10.78.0.0/16 dev near; ip -6 addr replace fd77::2/64 dev near nodad; "
                + "ip -6 route replace fd78::/32 dev near");
    }

    /** The capture takes up a new interface within a second or so. */
    private void assertNewcomerIsSoonBlocked(Sensor sensor) {
        await().atMost(WITHIN).untilAsserted(() -> {
            Scanner newcomer = lab.newScanner();
            newcomer.connect(1);
            assertThat(sensor.console("Host " + Pattern.quote(newcomer.v4()) + " has been blocked"))
                    .as("a line about %s; console: %s", newcomer.v4(), sensor.console()).isNotEmpty();
        });
    }
}
