package org.edgesentry.actions.respond;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.edgesentry.actions.Requests;
import org.edgesentry.core.action.ActionRequest;
import org.edgesentry.core.net.CidrParser;
import org.edgesentry.core.net.IpProtocol;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** hosts.deny and KILL_RUN_CMD beside a built-in firewall, with real files and real commands. */
@Timeout(60)
class ResponsesTest extends ResponderFixture {

    private void writeCommandOutput() {
        killRunCommand = Optional.of("echo $TARGET$ $PORT$ $MODE$ >> " + directory.resolve("out"));
    }

    private static ActionRequest commandOnly(String source) {
        ActionRequest request = Requests.block(source);
        request.commandOnly = true;
        return request;
    }

    @Test
    void respond_everything_isDoneAndSaidInPortsentrysOrder() throws Exception {
        killHostsDeny = Optional.of("ALL: $TARGET$");
        writeCommandOutput();
        open();

        respond(Requests.block("192.0.2.7"));
        assertThat(outcomes).containsExactly("192.0.2.7 for 60");
        awaitCommands(1);

        assertThat(directory.resolve("out")).hasContent("192.0.2.7 11 stealth");
        assertThat(hostsDeny).hasContent("ALL: 192.0.2.7\n");
        assertThat(alerts()).containsExactly(
                "INFO attackalert: Host 192.0.2.7 has been blocked via wrappers with string: \"ALL: 192.0.2.7\"",
                "INFO attackalert: Host 192.0.2.7 has been blocked via dropped route using command: "
                        + "\"fake 192.0.2.7 60s\"",
                "INFO attackalert: External command run for host: 192.0.2.7 using command: \"echo 192.0.2.7 11 stealth "
                        + ">> " + directory.resolve("out") + "\"");
        assertThat(responder.counters().hostsDenied()).isOne();
        assertThat(responder.counters().commandsRun()).isOne();
    }

    @Test
    void respond_commandFirst_runsBeforeTheBlockAndHostsDeny() throws Exception {
        killHostsDeny = Optional.of("ALL: $TARGET$");
        killRunCommand = Optional.of("test ! -e " + hostsDeny + " && touch " + directory.resolve("first"));
        commandFirst = true;
        open();

        respond(Requests.block("192.0.2.7"));
        assertThat(firewall.transactions).isEmpty();
        assertThat(log.lines()).isEmpty();
        awaitCommands(1);

        assertThat(directory.resolve("first")).exists();
        assertThat(outcomes).containsExactly("192.0.2.7 for 60");
        assertThat(alerts()).hasSize(3);
        assertThat(alerts().get(0)).contains("External command run for host: 192.0.2.7 using command: ");
        assertThat(alerts().get(1)).contains("has been blocked via wrappers");
        assertThat(alerts().get(2)).contains("has been blocked via dropped route");
        assertThat(log.lines()).last().asString().startsWith("INFO Scan from: [192.0.2.7]")
                .endsWith("noblock: [false] blocked: [true]");
    }

    @Test
    void respond_renewal_repeatsNeitherCommandNorHostsDeny() throws Exception {
        killHostsDeny = Optional.of("ALL: $TARGET$ $PORT$");
        writeCommandOutput();
        open();
        respond(Requests.block("192.0.2.7"));
        awaitCommands(1);

        ActionRequest again = Requests.block("192.0.2.7");
        again.port = 12;
        respond(again);
        respond(Requests.tick(1));

        assertThat(Files.readAllLines(directory.resolve("out"))).hasSize(1);
        assertThat(Files.readAllLines(hostsDeny)).hasSize(1);
    }

    @Test
    void respond_blockFails_theRestIsDoneAndNotRepeatedWithTheRetry() throws Exception {
        killHostsDeny = Optional.of("ALL: $TARGET$ $PORT$");
        writeCommandOutput();
        firewall.refused.add(CidrParser.parse("192.0.2.7"));
        open();
        respond(Requests.block("192.0.2.7"));
        awaitCommands(1);
        assertThat(log.lines()).anyMatch(line -> line.endsWith("noblock: [false] blocked: [false]"));

        firewall.refused.clear();
        ActionRequest retry = Requests.block("192.0.2.7");
        retry.port = 12;
        retry.epochNanos += TimeUnit.SECONDS.toNanos(1);
        respond(retry);

        assertThat(outcomes).containsExactly("192.0.2.7 failed", "192.0.2.7 for 61");
        assertThat(Files.readAllLines(directory.resolve("out"))).hasSize(1);
        assertThat(Files.readAllLines(hostsDeny)).containsExactly("ALL: 192.0.2.7 11");
    }

    @Test
    void respond_commandOnly_isRunOnceAndNothingIsBlocked() throws Exception {
        killHostsDeny = Optional.of("ALL: $TARGET$");
        writeCommandOutput();
        open();

        respond(commandOnly("192.0.2.7"), commandOnly("192.0.2.7"));
        awaitCommands(1);
        respond(commandOnly("192.0.2.7"));
        respond(Requests.tick(1));

        assertThat(Files.readAllLines(directory.resolve("out"))).hasSize(1);
        assertThat(firewall.transactions).isEmpty();
        assertThat(hostsDeny).doesNotExist();
        assertThat(outcomes).containsExactly("192.0.2.7 for 60", "192.0.2.7 for 60");
        assertThat(log.lines()).hasSize(4).first().asString().contains("External command run for host: 192.0.2.7");
        assertThat(log.lines().subList(1, 4)).allMatch(line -> line.endsWith("noblock: [false] blocked: [true]"));
        assertThat(Files.readAllLines(blocked)).hasSize(1);

        respond(Requests.tick(60));
        assertThat(responder.blocksActive()).isZero();
        assertThat(firewall.unblocked).isEmpty();
    }

    @Test
    void respond_blockAfterACommandOnly_isMade() throws Exception {
        writeCommandOutput();
        open();
        respond(commandOnly("192.0.2.7"), Requests.block("192.0.2.7"));
        awaitCommands(2);

        assertThat(firewall.transactions).hasSize(1);
        assertThat(outcomes).containsExactly("192.0.2.7 for 60", "192.0.2.7 for 60");
        firewall.expiresByItself = false;
        respond(Requests.tick(60));
        assertThat(firewall.unblocked).hasSize(1);
    }

    @Test
    void respond_commandOnlyWithoutCommand_isSaidAndNothingIsClaimed() throws IOException {
        open();

        respond(commandOnly("192.0.2.7"));

        assertThat(outcomes).containsExactly("192.0.2.7 failed");
        assertThat(log.lines().get(0)).startsWith("WARN BLOCK_TCP or BLOCK_UDP is 2, but KILL_RUN_CMD is not set");
        assertThat(log.lines().get(1)).endsWith("noblock: [false] blocked: [false]");
    }

    @Test
    void respond_commandFails_isSaidBesideItsLine() throws Exception {
        killRunCommand = Optional.of("echo mail is down; exit 3");
        open();

        respond(Requests.block("192.0.2.7"));
        awaitCommands(1);

        assertThat(alerts()).contains("WARN KILL_RUN_CMD for 192.0.2.7 failed: mail is down")
                .anyMatch(line -> line.contains("External command run for host: 192.0.2.7"));
    }

    @Test
    void respond_ipv6_hasBracketsInHostsDenyOnly() throws Exception {
        killHostsDeny = Optional.of("ALL: $TARGET$");
        writeCommandOutput();
        open();

        ActionRequest udp = Requests.block("2001:db8::7");
        udp.protocol = IpProtocol.UDP;
        respond(udp);
        awaitCommands(1);

        assertThat(hostsDeny).hasContent("ALL: [2001:db8::7]\n");
        assertThat(directory.resolve("out")).hasContent("2001:db8::7 11 stealth");
    }

    @Test
    void respond_manyHosts_areOneChangeOfHostsDeny() throws IOException {
        killHostsDeny = Optional.of("ALL: $TARGET$");
        Files.createSymbolicLink(hostsDeny, directory.resolve("elsewhere"));
        open();

        respond(Requests.block("192.0.2.1"), Requests.block("192.0.2.2"));

        assertThat(directory.resolve("elsewhere")).doesNotExist();
        assertThat(outcomes).containsExactly("192.0.2.1 for 60", "192.0.2.2 for 60");
        assertThat(log.lines()).filteredOn(line -> line.startsWith("WARN")).containsExactly(
                "WARN KILL_HOSTS_DENY has no effect: " + hostsDeny
                        + ": is a symbolic link, and nothing is written through one");
        assertThat(log.lines()).noneMatch(line -> line.contains("wrappers"));
    }

    @Test
    void respond_hostsDenyWithoutTarget_deniesNobody() throws IOException {
        killHostsDeny = Optional.of("ALL: ALL");
        open();

        respond(Requests.block("192.0.2.1"));

        assertThat(hostsDeny).doesNotExist();
        assertThat(log.lines().get(0)).startsWith("WARN KILL_HOSTS_DENY has no effect: without $TARGET$");
    }

    @Test
    void respond_noFirewallInUse_hostsDenyAloneCountsAsBlocked() throws IOException {
        killHostsDeny = Optional.of("ALL: $TARGET$");
        firewall.dryRun = true;
        open();

        respond(Requests.block("192.0.2.7"));

        assertThat(log.lines()).last().asString().endsWith("noblock: [false] blocked: [true]");
        assertThat(responder.blocksActive()).isOne();
    }
}
