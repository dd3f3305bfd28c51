package org.edgesentry.netty.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.edgesentry.core.command.CommandOutcome;
import org.edgesentry.core.command.CommandRefusedException;
import org.edgesentry.core.limits.Limits;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The real socket, with peers that behave and peers that do not. */
@Timeout(60)
class ControlServerTest {

    /** Nothing ends by itself. */
    private static final ControlDeadlines NONE = new ControlDeadlines(600_000, 600_000, 600_000);
    private static final ControlDeadlines SHORT = new ControlDeadlines(50, 50, 50);

    @TempDir
    private Path directory;
    private final FakeOperator operator = new FakeOperator();
    private ControlServer server;

    private Path socket() {
        return directory.resolve("socket");
    }

    private void open(ControlDeadlines deadlines) throws IOException {
        server = ControlServer.open(socket(), operator, () -> FakeOperator.NOW, deadlines);
    }

    @AfterEach
    void close() {
        if (server != null) {
            server.close();
        }
    }

    private String ask(String line) throws IOException {
        try (RawClient client = new RawClient(socket())) {
            return client.send(line + "\n").answer();
        }
    }

    private void assertStillServes() throws IOException {
        assertThat(ask("{\"command\":\"status\"}")).startsWith("{\"daemon\":{").endsWith("}\n");
    }

    @Test
    void open_file_isPrivateAndRemovedAtClose() throws IOException {
        open(NONE);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(socket()))).isEqualTo("rw-------");
        assertStillServes();
        server.close();
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void open_socketOfADeadDaemon_isReplaced() throws IOException {
        try (ServerSocketChannel dead = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            dead.bind(UnixDomainSocketAddress.of(socket()));
        }
        assertThat(socket()).exists();
        open(NONE);
        assertStillServes();
    }

    @Test
    void open_somethingElseThere_isLeftAloneAndNamed() throws IOException {
        Path file = Files.writeString(directory.resolve("file"), "precious");
        Files.createSymbolicLink(socket(), file);
        for (Path path : List.of(file, socket())) {
            assertThatIOException().isThrownBy(() -> ControlServer.open(path, operator, () -> 0))
                    .withMessage(path + " is there and is no socket; move it away, or set another CONTROL_SOCKET");
        }
        assertThat(file).hasContent("precious");
    }

    @Test
    void open_noSuchDirectory_isOneLineThatSaysWhatToDo() {
        assertThatIOException().isThrownBy(() -> ControlServer.open(directory.resolve("a/b"), operator, () -> 0))
                .withMessage("cannot open the control socket " + directory + "/a/b (No such file or directory); run as"
                        + " root, or set CONTROL_SOCKET to a place that can be written");
    }

    @Test
    void orders_reachTheOperator_andTheOutcomeComesBack() throws IOException {
        open(NONE);
        assertThat(ask("{\"command\":\"block\",\"target\":\"192.0.2.7\",\"for\":\"1h\",\"force\":true}"))
                .isEqualTo("{\"done\":true,\"message\":\"done\"}\n");
        operator.outcome = CommandOutcome.refused("not so");
        assertThat(ask("{\"command\":\"unblock\",\"all\":true}"))
                .isEqualTo("{\"done\":false,\"message\":\"not so\"}\n");
        ask("{\"command\":\"unblock\",\"target\":\"2001:db8::/64\"}");
        ask("{\"command\":\"reload\"}");
        ask("{\"command\":\"hosts\",\"limit\":5}");
        assertThat(operator.orders).containsExactly("block 192.0.2.7 OptionalLong[3600] true", "unblock all",
                "unblock 2001:db8::/64", "reload", "hosts 5");
        assertThat(server.counters().requests(ControlCommand.UNBLOCK)).isEqualTo(2);
        assertThat(server.counters().refused()).isZero();
    }

    @Test
    void requestThatWasSentWhole_isAnsweredThoughThePeerHasClosedItsSide() throws IOException {
        open(NONE);
        try (RawClient client = new RawClient(socket())) {
            assertThat(client.send("{\"command\":\"status\"}\n").halfClose().answer()).startsWith("{\"daemon\"");
        }
    }

    @Test
    void requestInPieces_isAnswered() throws IOException {
        open(NONE);
        try (RawClient client = new RawClient(socket())) {
            for (char c : "{\"command\":\"reload\"}\n".toCharArray()) {
                client.send(String.valueOf(c));
            }
            assertThat(client.answer()).startsWith("{\"done\":true");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n", "\0\0\0\0\n", "GET / HTTP/1.1\r\n\r\n", "{\"command\":\"status\"}\n{", "{\n}\n",
        "{\"command\":[[[[[[[[[[[[\n", "{\"command\":\"\u0000\"}\n", "{\"command\":\"hosts\",\"limit\":1e999}\n"})
    void hostileLine_isRefusedAndCounted(String line) throws IOException {
        open(NONE);
        try (RawClient client = new RawClient(socket())) {
            assertThat(client.send(line).answer()).matches("\\{\"error\":\"[ -~]+\"}\n");
        }
        assertThat(server.counters().refused()).isEqualTo(1);
        assertStillServes();
    }

    @Test
    void longLine_isRefusedWithoutReadingItToTheEnd() throws IOException {
        open(NONE);
        try (RawClient client = new RawClient(socket())) {
            assertThat(client.send(new byte[8 << 20]).answer()).contains("longer than 4096 bytes");
        }
        assertThat(server.counters().refused(Refusal.TOO_LONG)).isEqualTo(1);
        try (RawClient client = new RawClient(socket())) {
            String longest = "{\"command\":\"status\"}" + " ".repeat(Limits.CONTROL_REQUEST_BYTES - 20) + "\n";
            assertThat(client.send(longest).answer()).startsWith("{\"daemon\"");
        }
    }

    @Test
    void halfARequest_isRefusedWhenItsPeerHasNoMore() throws IOException {
        open(NONE);
        try (RawClient client = new RawClient(socket())) {
            assertThat(client.send("{\"command\":").halfClose().answer()).contains("ended before its line");
        }
        new RawClient(socket()).close();
        await().until(() -> server.counters().refused(Refusal.INCOMPLETE) == 2);
        assertStillServes();
    }

    @Test
    void silentPeer_isToldAndClosed() throws IOException {
        open(SHORT);
        try (RawClient client = new RawClient(socket())) {
            assertThat(client.answer()).contains("no whole line came");
        }
        assertThat(server.counters().refused(Refusal.LATE)).isEqualTo(1);
    }

    @Test
    void tooManyConnections_theNextIsRefusedUntilOneEnds() throws IOException {
        open(NONE);
        List<RawClient> silent = new ArrayList<>();
        for (int i = 0; i < Limits.CONTROL_CONNECTIONS; i++) {
            silent.add(new RawClient(socket()));
        }
        assertThat(ask("{\"command\":\"status\"}")).contains("16 connections");
        assertThat(server.counters().refused(Refusal.TOO_MANY)).isEqualTo(1);
        for (RawClient client : silent) {
            client.close();
        }
        await().untilAsserted(this::assertStillServes);
    }

    @Test
    void manyConnectionsOneAfterTheOther_leaveNothingOpen() throws IOException {
        open(NONE);
        for (int i = 0; i < 500; i++) {
            new RawClient(socket()).send("x").close();
        }
        await().until(() -> server.counters().refused() >= 500);
        assertStillServes();
    }

    @Test
    void daemonThatDoesNotAnswer_isBusy() throws IOException {
        open(SHORT);
        operator.blocks = new CompletableFuture<>();
        assertThat(ask("{\"command\":\"blocks\"}")).contains("the daemon is busy");
        assertThat(server.counters().refused(Refusal.BUSY)).isEqualTo(1);
        operator.blocks.complete(List.of());
        assertThat(ask("{\"command\":\"blocks\"}")).isEqualTo("{\"blocks\":[]}\n");
    }

    @Test
    void daemonThatDeclinesOrFails_isAnError() throws IOException {
        open(NONE);
        operator.blocks = CompletableFuture.failedFuture(new CommandRefusedException("the daemon is stopping"));
        assertThat(ask("{\"command\":\"blocks\"}")).isEqualTo("{\"error\":\"the daemon is stopping\"}\n");
        operator.blocks = null;
        assertThat(ask("{\"command\":\"blocks\"}")).contains("please report it", "NullPointerException");
        assertThat(server.counters().refused(Refusal.DECLINED)).isEqualTo(2);
        assertStillServes();
    }

    @Test
    void slowReader_holdsUpNobodyAndIsCut() throws IOException {
        operator.blocks = CompletableFuture.completedFuture(FakeOperator.manyBlocks(20_000));
        open(new ControlDeadlines(600_000, 600_000, 300));
        try (RawClient slow = new RawClient(socket())) {
            slow.send("{\"command\":\"blocks\"}\n").read(ByteBuffer.allocate(100));
            assertStillServes();
            await().until(() -> server.counters().refused(Refusal.SLOW_READER) == 1);
            assertThat(slow.answer()).doesNotContain("\n");
        }
    }
}
