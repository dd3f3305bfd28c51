package org.edgesentry.netty.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.edgesentry.netty.control.ControlServer;
import org.edgesentry.netty.control.FakeOperator;
import org.edgesentry.netty.control.client.ControlClient;
import org.edgesentry.netty.control.client.Question;
import org.edgesentry.netty.lab.ChildJvm;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** 100,000 blocks: a client with a heap of 24 MB lists them all, and nobody else waits meanwhile. */
class ControlLoadIT {

    private static final int BLOCKS = 100_000;

    @TempDir
    private Path directory;
    private final FakeOperator operator = new FakeOperator();
    private ControlServer server;
    private Path socket;
    private Path configuration;

    @BeforeEach
    void open() throws IOException {
        socket = directory.resolve("socket");
        configuration = Files.writeString(directory.resolve("portsentry.conf"), "CONTROL_SOCKET=\"" + socket + "\"\n");
        operator.blocks = CompletableFuture.completedFuture(FakeOperator.manyBlocks(BLOCKS));
        server = ControlServer.open(socket, operator, () -> FakeOperator.NOW);
    }

    @AfterEach
    void close() {
        server.close();
    }

    private CommandRun blocks(String... options) {
        List<String> command = ChildJvm.javaCommand(List.of(), List.of("-XX:+UseSerialGC"), Main.class);
        command.replaceAll(word -> word.startsWith("-Xmx") ? "-Xmx24m" : word);
        command.addAll(List.of("blocks", "-c", configuration.toString()));
        command.addAll(List.of(options));
        return CommandRun.of(command);
    }

    @Test
    void table_100000Blocks_isWholeInASmallHeap() {
        CommandRun run = blocks();
        assertThat(run.err()).isEmpty();
        assertThat(run.status()).isZero();
        assertThat(run.out().lines()).hasSize(BLOCKS + 3).last().isEqualTo("100,000 blocks.");
    }

    @Test
    void json_100000Blocks_isWholeAndSortedInASmallHeap() throws IOException {
        CommandRun run = blocks("--json");
        assertThat(run.status()).as(run.err()).isZero();
        List<Long> remaining = new ArrayList<>();
        try (JsonParser json = new JsonFactory().createParser(run.out())) {
            for (JsonToken token = json.nextToken(); token != null; token = json.nextToken()) {
                if (token == JsonToken.VALUE_NUMBER_INT && "remaining_seconds".equals(json.currentName())) {
                    remaining.add(json.getLongValue());
                }
            }
        }
        assertThat(remaining).hasSize(BLOCKS).isSorted();
    }

    @Test
    void othersMeanwhile_areAnswered() throws Exception {
        CompletableFuture<CommandRun> list = CompletableFuture.supplyAsync(() -> blocks("--json"));
        int answered = 0;
        while (!list.isDone()) {
            new ControlClient(socket, () -> FakeOperator.NOW).json(Question.status(false),
                    OutputStream.nullOutputStream());
            answered++;
        }
        assertThat(list.get().status()).isZero();
        assertThat(answered).isGreaterThan(100);
    }
}
