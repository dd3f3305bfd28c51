package org.edgesentry.actions.respond;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.edgesentry.actions.ActionLimits;
import org.edgesentry.actions.Requests;
import org.edgesentry.core.action.ActionRequest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A command that takes its time: the fourth weak point of PortSentry, whose packet loop waits for it. */
@Timeout(60)
class SlowCommandTest extends ResponderFixture {

    private Path gate;

    /** Commands that wait until the gate is there. */
    @BeforeEach
    void closeGate() {
        gate = directory.resolve("gate");
        killRunCommand = Optional.of("while [ ! -e " + gate + " ]; do sleep 0.02; done");
    }

    private void openGate() throws IOException {
        Files.createFile(gate);
    }

    @Test
    void slowKillCommand_stopsNeitherBlocksNorLinesNorTicks() throws Exception {
        open();

        respond(Requests.block("192.0.2.1"));
        respond(Requests.block("192.0.2.2"));
        respond(Requests.probe("192.0.2.3"));
        respond(Requests.tick(1));

        assertThat(firewall.transactions).hasSize(2);
        assertThat(outcomes).containsExactly("192.0.2.1 for 60", "192.0.2.2 for 60");
        assertThat(Files.readAllLines(history)).hasSize(3);
        assertThat(Files.readAllLines(blocked)).hasSize(2);
        assertThat(alerts()).noneMatch(line -> line.contains("External command"));
        openGate();
        awaitCommands(2);
        assertThat(alerts()).filteredOn(line -> line.contains("External command")).hasSize(2);
    }

    @Test
    void slowKillRoute_holdsUpTheLinesOfItsOwnHostOnly() throws Exception {
        GatedRoute route = new GatedRoute();
        killRunCommand = Optional.empty();
        open(route);

        respond(Requests.block("192.0.2.1"));
        ActionRequest another = Requests.probe("192.0.2.1");
        another.triggered = true;
        another.blockPrefixLength = 32;
        another.port = 12;
        respond(another);
        respond(Requests.probe("192.0.2.3"));
        assertThat(outcomes).isEmpty();
        assertThat(log.lines()).hasSize(1).first().asString().contains("[192.0.2.3]");

        route.gate.release();
        awaitCommands(1);

        assertThat(outcomes).containsExactly("192.0.2.1 without end");
        assertThat(log.lines().get(1)).isEqualTo("INFO attackalert: Host 192.0.2.1 has been blocked via dropped route "
                + "using command: \"route 192.0.2.1\"");
        assertThat(log.lines().get(2)).contains("port: [11]").endsWith("blocked: [true]");
        assertThat(log.lines().get(3)).contains("port: [12]").endsWith("blocked: [true]");
    }

    @Test
    void slowKillRoute_holdsUpNoLineForLong() throws Exception {
        GatedRoute route = new GatedRoute();
        killRunCommand = Optional.empty();
        open(route);

        respond(Requests.block("192.0.2.1"), Requests.block("192.0.2.2"));
        assertThat(log.lines()).isEmpty();
        respond(Requests.tick(1));
        assertThat(log.lines()).hasSize(2).allMatch(line -> line.endsWith("noblock: [false] blocked: [false]"));
        route.gate.release(2);
        awaitCommands(1);
        awaitCommands(1);

        assertThat(outcomes).containsExactly("192.0.2.1 without end", "192.0.2.2 without end");
        assertThat(log.lines()).hasSize(4);
        assertThat(log.lines().subList(2, 4)).allMatch(line -> line.contains("has been blocked via dropped route"));
        assertThat(Files.readAllLines(history)).hasSize(2);
    }

    @Test
    void slowKillRunCommand_holdsUpNoKillRoute() throws Exception {
        GatedRoute route = new GatedRoute();
        route.gate.release(2);
        open(route);

        respond(Requests.block("192.0.2.1"), Requests.block("192.0.2.2"));

        awaitCommands(1);
        awaitCommands(1);
        assertThat(outcomes).containsExactly("192.0.2.1 without end", "192.0.2.2 without end");
        assertThat(alerts()).noneMatch(line -> line.contains("External command"));
    }

    @Test
    void killRoute_fails_isSaidAndTriedAgain() throws Exception {
        GatedRoute route = new GatedRoute();
        route.gate.release(2);
        route.fails = true;
        killHostsDeny = Optional.of("ALL: $TARGET$");
        killRunCommand = Optional.of("true $TARGET$");
        open(route);

        respond(Requests.block("192.0.2.1"));
        awaitCommands(1);
        awaitCommands(1);
        assertThat(outcomes).containsExactly("192.0.2.1 failed");
        assertThat(log.lines().get(0)).startsWith("WARN 192.0.2.1 cannot be blocked: KILL_ROUTE: no such table; "
                + "try the command of KILL_ROUTE by hand");
        assertThat(alerts().get(1)).contains("via wrappers");
        assertThat(alerts().get(2)).contains("External command run");
        assertThat(log.lines().get(3)).endsWith("noblock: [false] blocked: [false]");

        route.fails = false;
        respond(Requests.block("192.0.2.1"));
        awaitCommands(1);
        assertThat(outcomes).last().isEqualTo("192.0.2.1 without end");
        assertThat(responder.counters().commandsRun()).isOne();
    }

    @Test
    void tooManyCommands_areCountedAndSaid_blocksAreMadeAllTheSame() throws Exception {
        blockMax = 10_000;
        open();
        int hosts = ActionLimits.COMMANDS_WAITING + 100;

        for (int i = 0; i < hosts; i++) {
            ActionRequest request = Requests.block("192.0.2.1");
            request.sourceLo += i;
            request.reported = false;
            responder.respond(request, i == hosts - 1);
        }

        assertThat(responder.blocksActive()).isEqualTo(hosts);
        long dropped = responder.counters().commandsDropped();
        assertThat(dropped).as("all but those that wait, and the one that may run by now").isBetween(99L, 100L);
        assertThat(alerts()).filteredOn(line -> line.startsWith("WARN")).hasSize(1).first().asString()
                .endsWith("too many commands are waiting for a slow one");
        responder.close();
        assertThat(responder.counters().commandsDropped()).isEqualTo(dropped + ActionLimits.COMMANDS_WAITING);
        assertThat(log.lines()).contains("WARN " + ActionLimits.COMMANDS_WAITING
                + " commands (KILL_ROUTE, KILL_RUN_CMD) were not run to their end: the daemon stops");
    }

    @Test
    void stop_withACommandThatHangs_isQuickAndSaysWhatWasNotRun() throws Exception {
        killRunCommand = Optional.of("sleep 1000");
        commandFirst = true;
        open();
        respond(Requests.block("192.0.2.1"), Requests.block("192.0.2.2"));

        await().atMost(Duration.ofSeconds(10)).until(() -> {
            responder.close();
            return true;
        });

        assertThat(alerts()).anyMatch(line -> line.matches("WARN [12] commands .* were not run to their end: .*"));
        assertThat(outcomes).containsExactlyInAnyOrder("192.0.2.1 for 60", "192.0.2.2 for 60");
        assertThat(Files.readAllLines(history)).hasSize(2).allMatch(line -> line.endsWith("blocked: [true]"));
        assertThat(Files.readAllLines(blocked)).hasSize(2);
    }
}
