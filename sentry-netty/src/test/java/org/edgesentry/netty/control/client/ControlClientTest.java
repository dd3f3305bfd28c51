package org.edgesentry.netty.control.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.edgesentry.core.command.CommandOutcome;
import org.edgesentry.core.command.HostSnapshot;
import org.edgesentry.core.ledger.BlockReason;
import org.edgesentry.core.net.CidrParser;
import org.edgesentry.netty.control.ControlServer;
import org.edgesentry.netty.control.FakeOperator;
import org.edgesentry.netty.terminal.Page;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What an operator sees, asked over a real socket. */
@Timeout(60)
class ControlClientTest {

    private static final long HOUR_LATER = FakeOperator.ago(-3_600);

    @TempDir
    private Path directory;
    private final FakeOperator operator = new FakeOperator();
    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private ControlServer server;
    private ControlClient client;

    @BeforeEach
    void open() throws IOException {
        server = ControlServer.open(directory.resolve("socket"), operator, () -> FakeOperator.NOW);
        client = client(directory.resolve("socket"));
    }

    @AfterEach
    void close() {
        server.close();
    }

    private static ControlClient client(Path socket) {
        return new ControlClient(socket, () -> FakeOperator.NOW);
    }

    private Page page(int width) {
        return new Page(new PrintStream(printed, true, StandardCharsets.UTF_8), width, false);
    }

    private String printed() {
        return printed.toString(StandardCharsets.UTF_8);
    }

    private void setBlocks() {
        operator.blocks = CompletableFuture.completedFuture(List.of(
                FakeOperator.block("192.0.2.7", BlockReason.PROBE, FakeOperator.ago(-2_770), 1, 111, 23, 143, 445),
                FakeOperator.block("198.51.100.0/24", BlockReason.FORCED, HOUR_LATER, 2),
                FakeOperator.block("2001:db8:7:8::/64", BlockReason.KERNEL, Long.MAX_VALUE, 1_012, 79)));
    }

    private void setHosts() {
        operator.hosts = CompletableFuture.completedFuture(List.of(
                new HostSnapshot(CidrParser.parse("192.0.2.7"), FakeOperator.ago(750), FakeOperator.ago(3), 1_400,
                        List.of("TCP/111", "TCP/23", "UDP/161"), 1e9, true, true, HostSnapshot.Block.BLOCKED,
                        HOUR_LATER),
                new HostSnapshot(CidrParser.parse("2001:db8:7:8::/64"), FakeOperator.ago(90_000), FakeOperator.ago(80),
                        1, List.of("TCP/79"), 16, false, false, HostSnapshot.Block.PENDING, 0),
                new HostSnapshot(CidrParser.parse("192.0.2.8"), FakeOperator.NOW, FakeOperator.NOW, 0, List.of(), 0,
                        false, false, HostSnapshot.Block.NONE, 0)));
    }

    @Test
    void blocks_wideTerminal_haveAllColumns() throws Exception {
        setBlocks();
        client.blocks(page(100));
        assertThat(printed()).isEqualTo("""
                  TARGET             REASON           SINCE       LEFT      TIMES  PORTS
                  192.0.2.7          scan             12 min ago  47 min        1  TCP/111, TCP/23, TCP/143, TCP/445
                  198.51.100.0/24    by hand, forced  12 min ago  1 h           2
                  2001:db8:7:8::/64  scan, by kernel  12 min ago  for good  1,012  TCP/79

                3 blocks.
                """);
    }

    @Test
    void blocks_narrowTerminal_leaveOutWhatMattersLess() throws Exception {
        setBlocks();
        client.blocks(page(40));
        assertThat(printed()).isEqualTo("""
                  TARGET             LEFT
                  192.0.2.7          47 min
                  198.51.100.0/24    1 h
                  2001:db8:7:8::/64  for good

                3 blocks.
                """);
    }

    @Test
    void hosts_usualTerminal_haveAllColumnsThatFit() throws Exception {
        setHosts();
        client.hosts(1_000, page(100));
        assertThat(printed()).isEqualTo("""
                  HOST               LAST SEEN  FIRST SEEN   HITS  PORTS             ODDS  STATE
                  192.0.2.7          3 s ago    12 min ago  1,400  TCP/111, TCP/2…  >1M:1  blocked, 1 h left, proven
                  2001:db8:7:8::/64  1 min ago  25 h ago        1  TCP/79            16:1  block asked for
                  192.0.2.8          now        now             0                       -  watched

                3 hosts.
                """);
        assertThat(operator.orders).containsExactly("hosts 1000");
    }

    @ParameterizedTest
    @ValueSource(ints = {40, 60, 72, 80, 100, 132, 200})
    void tables_anyWidth_fit(int width) throws Exception {
        setBlocks();
        setHosts();
        client.blocks(page(width));
        client.hosts(3, page(width));
        assertThat(printed().lines()).allMatch(line -> line.codePointCount(0, line.length()) <= width)
                .anyMatch(line -> line.contains("2001:db8:7:8::/64"))
                .contains("3 hosts; there may be more, see --limit.");
    }

    @Test
    void emptyLists_sayThatThereIsNothing() throws Exception {
        client.blocks(page(80));
        client.hosts(10, page(80));
        assertThat(printed()).isEqualTo("Nothing is blocked.\nNobody is remembered.\n");
    }

    @Test
    void status_forPeople_hasHeadingsAndTimesInWords() throws Exception {
        client.status(page(80));
        assertThat(printed()).isEqualTo("""
                Daemon
                  Version        0.1.0
                  Running since  2026-11-26T08:55:00Z, 3 h 5 min ago
                  Interfaces     eth0, wg0
                  Pipeline
                    Ring slots  32,768
                    Lag in ms   0.25

                Blocks
                  In force                    1,234
                  BLOCK_RATE holds blocks up  no
                """);
    }

    @Test
    void json_anyQuestion_isTheDocumentOfTheDaemon() throws Exception {
        client.json(Question.blocks(), printed);
        client.json(Question.status(false), printed);
        assertThat(printed()).startsWith("{\"blocks\":[]}\n{\"daemon\":{\"version\":").endsWith("}\n");
    }

    @Test
    void order_done_isTheMessage() throws Exception {
        assertThat(client.order(Question.block("192.0.2.7", Optional.of("1h"), true))).isEqualTo("done");
        assertThat(client.order(Question.unblock(Optional.empty()), printed)).isEqualTo("done");
        assertThat(printed()).isEqualTo("{\"done\":true,\"message\":\"done\"}\n");
        assertThat(operator.orders).containsExactly("block 192.0.2.7 OptionalLong[3600] true", "unblock all");
    }

    @Test
    void order_notDone_isAFailureInTheDaemonsWordsWithoutEscapes() {
        operator.outcome = CommandOutcome.refused("no \u001b[2J\u202e way");
        assertThatExceptionOfType(ControlFailure.class).isThrownBy(() -> client.order(Question.reload()))
                .withMessage("no \\x1b[2J\\u202e way");
    }

    @Test
    void noDaemon_saysHowToStartOne() {
        server.close();
        assertThatExceptionOfType(ControlFailure.class).isThrownBy(() -> client.blocks(page(80)))
                .withMessage("no daemon listens at " + directory + "/socket; start it with: sentry run");
    }

    @Test
    void deadDaemon_saysHowToStartOne() throws IOException {
        Path socket = directory.resolve("dead");
        try (ServerSocketChannel dead = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            dead.bind(UnixDomainSocketAddress.of(socket));
        }
        assertThatExceptionOfType(ControlFailure.class).isThrownBy(() -> client(socket).order(Question.reload()))
                .withMessage("no daemon listens at " + socket + "; start it with: sentry run");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n", "hello\n", "{}\n", "[]\n", "{\"blocks\":7}\n", "{\"blocks\":[]}",
        "{\"blocks\":[{\"target\":\"192.0.2.7\"}", "{\"blocks\":[\n]}\n", "{\"blocks\":[\"\u001b[2J\"]}\n",
        "{\"blocks\":[{]}\n", "{\"hosts\":[]}\n", "\u0000\n", "{\"blocks\":[]}\n\n"})
    void somethingElseListens_isOneLineWithoutEscapes(String answer) throws Exception {
        Path socket = directory.resolve("other");
        try (ServerSocketChannel other = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            other.bind(UnixDomainSocketAddress.of(socket));
            Thread peer = new Thread(() -> say(other, answer));
            peer.start();
            assertThatExceptionOfType(ControlFailure.class).isThrownBy(() -> client(socket).blocks(page(80)))
                    .withMessageStartingWith("the daemon at " + socket + " gave no good answer (")
                    .withMessageMatching("[ -~]+");
            peer.join();
        }
        assertThat(printed()).doesNotContain("\u001b");
    }

    private static void say(ServerSocketChannel other, String answer) {
        try (SocketChannel peer = other.accept()) {
            peer.read(ByteBuffer.allocate(4_096));
            peer.write(ByteBuffer.wrap(answer.getBytes(StandardCharsets.UTF_8)));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void longList_isReadWholeBeforeItIsPrinted_andKeepsItsOrder() throws Exception {
        operator.blocks = CompletableFuture.completedFuture(FakeOperator.manyBlocks(12_000));
        client.blocks(page(100));
        List<String> lines = printed().lines().toList();
        assertThat(lines).hasSize(12_000 + 3).last().isEqualTo("12,000 blocks.");
        assertThat(lines.get(11_999)).startsWith("  10.0.46.222 ");
        assertThat(lines.get(2)).startsWith("  10.0.0.1 ");
    }
}
