package org.edgesentry.netty.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.edgesentry.core.command.CommandOutcome;
import org.edgesentry.core.ledger.BlockReason;
import org.edgesentry.core.time.SystemWallClock;
import org.edgesentry.netty.control.ControlServer;
import org.edgesentry.netty.control.FakeOperator;
import org.edgesentry.netty.lab.Shell;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The control commands as an operator types them, against a daemon that a test plays. */
class ControlCommandsIT {

    @TempDir
    private Path directory;
    private final FakeOperator operator = new FakeOperator();
    private ControlServer server;
    private Path configuration;

    @BeforeEach
    void open() throws IOException {
        Path socket = directory.resolve("socket");
        configuration = Files.writeString(directory.resolve("portsentry.conf"), "CONTROL_SOCKET=\"" + socket + "\"\n");
        server = ControlServer.open(socket, operator, new SystemWallClock());
    }

    @AfterEach
    void close() {
        server.close();
    }

    private CommandRun run(String words) {
        return CommandRun.sentry(Stream.concat(Stream.of(words.split(" ")), Stream.of("-c", configuration.toString()))
                .toArray(String[]::new));
    }

    @Test
    void orders_done_printTheMessageWithStatusZero() {
        operator.outcome = CommandOutcome.done("192.0.2.7 is blocked for 15 min");
        assertThat(run("block 192.0.2.7 --for 15m"))
                .isEqualTo(new CommandRun(0, "192.0.2.7 is blocked for 15 min\n", ""));
        assertThat(run("unblock 2001:db8::/64 --json").out())
                .isEqualTo("{\"done\":true,\"message\":\"192.0.2.7 is blocked for 15 min\"}\n");
        assertThat(run("unblock --all").status()).isZero();
        assertThat(run("reload").status()).isZero();
        assertThat(operator.orders).containsExactly("block 192.0.2.7 OptionalLong[900] false",
                "unblock 2001:db8::/64", "unblock all", "reload");
    }

    @Test
    void orders_declined_haveStatusOneAndOneLine() {
        operator.outcome = CommandOutcome.refused("192.0.2.1 is an own address");
        assertThat(run("block 192.0.2.1")).isEqualTo(new CommandRun(1, "", "sentry: 192.0.2.1 is an own address\n"));
        assertThat(run("block 192.0.2.1 --json").out()).startsWith("{\"done\":false,");
    }

    @ParameterizedTest
    @ValueSource(strings = {"block", "block 192.0.2.300", "block 192.0.2.7 --for soon", "block 192.0.2.7 192.0.2.8",
        "unblock", "unblock --all 192.0.2.7", "unblock x", "hosts --limit 0", "hosts --limit 10001", "status now",
        "reload --force"})
    void badUsage_hasStatusTwoAndOneLine(String words) {
        CommandRun run = run(words);
        assertThat(run.status()).as(words).isEqualTo(2);
        assertThat(run.err().lines()).singleElement().asString().startsWith("sentry: ").contains("--help");
        assertThat(operator.orders).isEmpty();
    }

    @Test
    void noDaemon_hasStatusOneAndSaysWhatToDo() {
        server.close();
        for (String words : List.of("status", "hosts --json", "blocks", "block ::1", "unblock --all", "reload")) {
            assertThat(run(words)).isEqualTo(new CommandRun(1, "", "sentry: no daemon listens at " + directory
                    + "/socket; start it with: sentry run\n"));
        }
    }

    @Test
    void terminal_getsATableOfItsWidth() {
        Shell.need("script", "util-linux");
        operator.blocks = CompletableFuture.completedFuture(List.of(
                FakeOperator.block("192.0.2.7", BlockReason.PROBE, Long.MAX_VALUE, 1, 111, 23, 79, 143, 139, 445)));
        String blocks = SentryProcess.launcher().toAbsolutePath() + " blocks -c " + configuration;
        String wide = CommandRun.of(List.of("script", "-qec", "stty cols 200; " + blocks, "/dev/null")).out();
        assertThat(wide).contains("\u001b[1m", "TCP/111, TCP/23, TCP/79, TCP/143, TCP/139, TCP/445", "for good");
        String narrow = CommandRun.of(List.of("script", "-qec", "stty cols 66; " + blocks, "/dev/null")).out();
        assertThat(narrow).contains("TCP/111,", "\u2026").doesNotContain("TCP/445");
    }

    @Test
    void readerGone_hasStatusOneAndOneLine() {
        CommandRun run = CommandRun.of(List.of("bash", "-c", SentryProcess.launcher().toAbsolutePath() + " blocks -c "
                + configuration + " > /dev/full"));
        assertThat(run).isEqualTo(new CommandRun(1, "", "sentry: the answer could not be written to its end\n"));
    }
}
