package org.edgesentry.netty.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Pattern;
import org.edgesentry.netty.lab.Shell;
import org.edgesentry.netty.lab.SshServer;
import org.edgesentry.netty.lab.TwoHosts;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whoever is logged in by ssh is not shut out for what comes from his address. */
class SessionsIT {

    private static final Duration PATIENCE = Duration.ofSeconds(8);
    /** Two for the promise, one for a busy machine. */
    private static final Duration PROMISED = Duration.ofSeconds(3);
    private static final String NEIGHBOUR_V4 = "10.77.0.11";
    private static final String NEIGHBOUR_V6 = "fd77::11";

    private static TwoHosts hosts;

    @TempDir
    private Path directory;
    private SshServer ssh;
    private SentryProcess sentry;

    @BeforeAll
    static void openLab() {
        Shell.need("nmap", "nmap");
        Shell.need("nft", "nftables");
        hosts = new TwoHosts();
        hosts.onScanner("ip addr add " + NEIGHBOUR_V4 + "/24 dev far");
        hosts.onScanner("ip addr add " + NEIGHBOUR_V6 + "/64 dev far nodad");
    }

    @AfterAll
    static void closeLab() {
        hosts.close();
    }

    @BeforeEach
    void start() throws IOException {
        ssh = new SshServer(hosts, directory.resolve("ssh"));
        Path configuration = Files.writeString(directory.resolve("conf"), """
                TCP_PORTS="11,15"
                UDP_PORTS="69"
                BLOCK_TCP="1"
                HISTORY_FILE="%1$s/history"
                BLOCKED_FILE="%1$s/blocked"
                CONTROL_SOCKET="%1$s/socket"
                STATE_DIR="%1$s/state"
                """.formatted(directory));
        sentry = new SentryProcess(ssh.daemonPrefix(), "run", "-c", configuration.toString()).awaitReady();
    }

    @AfterEach
    void stop() {
        sentry.close();
        ssh.close();
        hosts.onSensor("nft flush ruleset");
    }

    @ParameterizedTest
    @CsvSource({TwoHosts.SCANNER_V4 + ", " + NEIGHBOUR_V4 + ", " + TwoHosts.SENSOR_V4,
        TwoHosts.SCANNER_V6 + ", " + NEIGHBOUR_V6 + ", " + TwoHosts.SENSOR_V6})
    void user_loggedInBySsh_isToldAndNotBlockedUntilHeHasLeft(String user, String neighbour, String sensor) {
        try (SshServer.Login login = ssh.login(user, sensor)) {
            awaitUsers(user);
            probe(user, sensor, 11);
            awaitProbe(user, 11, "noblock: \\[true\\] blocked: \\[false\\]");
            probe(neighbour, sensor, 11);
            awaitProbe(neighbour, 11, "noblock: \\[false\\] blocked: \\[true\\]");
            awaitBlocked(neighbour);
            assertThat(isBlocked(user)).isFalse();
            login.awaitEcho();

            login.logout();
            awaitUsers("");
            probe(user, sensor, 15);
            awaitProbe(user, 15, "noblock: \\[false\\] blocked: \\[true\\]");
            awaitBlocked(user);
        }
    }

    @Test
    void user_whoseProcessesWereKilled_isProtectedNoLonger() {
        try (SshServer.Login login = ssh.login(TwoHosts.SCANNER_V4, TwoHosts.SENSOR_V4)) {
            awaitUsers(TwoHosts.SCANNER_V4);
            login.awaitEcho();
            ssh.close();
            awaitUsers("");
        }
    }

    /** Within the promised time the log has nobody but these among the users. */
    private void awaitUsers(String users) {
        await("users " + users).atMost(PROMISED).pollInterval(Duration.ofMillis(20)).untilAsserted(() ->
                assertThat(sentry.lines()).filteredOn(line -> line.contains("Never blocked: ")).last().asString()
                        .endsWith("logged-in users at [" + users + "]"));
    }

    private static void probe(String from, String to, int port) {
        hosts.onScanner("nmap -n -Pn -sS " + (to.contains(":") ? "-6 " : "") + "-S " + from
                + " -e far --max-retries 0 --host-timeout 10s -p " + port + " " + to);
    }

    private void awaitProbe(String source, int port, String flags) {
        String expression = "Scan from: \\[" + Pattern.quote(source) + "\\] .* port: \\[" + port + "\\] .*" + flags;
        sentry.awaitLine(expression);
        await("history").atMost(PATIENCE).untilAsserted(() ->
                assertThat(Files.readString(directory.resolve("history"))).containsPattern(expression));
    }

    private static void awaitBlocked(String address) {
        await("block of " + address).atMost(PATIENCE).until(() -> isBlocked(address));
    }

    private static boolean isBlocked(String address) {
        String set = hosts.onSensor("nft list set inet edge_sentry blocked" + (address.contains(":") ? "6" : "4"));
        return Pattern.compile("[ {]" + Pattern.quote(address) + "[ /,]").matcher(set).find();
    }
}
