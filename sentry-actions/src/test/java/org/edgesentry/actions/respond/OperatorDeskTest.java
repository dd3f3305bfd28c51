package org.edgesentry.actions.respond;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import org.edgesentry.actions.Requests;
import org.edgesentry.core.action.ActionKind;
import org.edgesentry.core.action.ActionRequest;
import org.edgesentry.core.command.BlockCommand;
import org.edgesentry.core.command.BlocksCommand;
import org.edgesentry.core.command.CommandOutcome;
import org.edgesentry.core.command.UnblockCommand;
import org.edgesentry.core.ledger.ActiveBlock;
import org.edgesentry.core.ledger.BlockReason;
import org.junit.jupiter.api.Test;

/** {@code sentry block}, {@code sentry unblock} and {@code sentry blocks}. */
class OperatorDeskTest extends ResponderFixture {

    private String block(String target, OptionalLong seconds, boolean force) {
        CompletableFuture<CommandOutcome> answer = new CompletableFuture<>();
        obey(new BlockCommand(networks(target).get(0), seconds, force, answer));
        return words(answer);
    }

    private String block(String target) {
        return block(target, OptionalLong.empty(), false);
    }

    private String block(String target, long seconds) {
        return block(target, OptionalLong.of(seconds), false);
    }

    private String unblock(String... target) {
        CompletableFuture<CommandOutcome> answer = new CompletableFuture<>();
        obey(new UnblockCommand(networks(target).stream().findFirst(), answer));
        return words(answer);
    }

    private static String words(CompletableFuture<CommandOutcome> answer) {
        CommandOutcome outcome = answer.getNow(CommandOutcome.refused("no answer"));
        return (outcome.done() ? "done: " : "refused: ") + outcome.words();
    }

    @Test
    void block_address_isBlockedForTheUsualTimeEverywhere() throws IOException {
        open();

        assertThat(block("192.0.2.7")).isEqualTo("done: 192.0.2.7 is blocked for 1 min");

        assertThat(firewall.transaction(0)).containsExactly("192.0.2.7 60");
        assertThat(outcomes).containsExactly("192.0.2.7 for 60");
        assertThat(paper.row("192.0.2.7", 0)).isEqualTo("OPERATOR x1 [] 60 s");
        assertThat(log.lines()).containsExactly("INFO attackalert: Host 192.0.2.7 has been blocked via dropped route "
                + "using command: \"fake 192.0.2.7 60s\"");
        tick(1);
        assertThat(blocked).content().contains("Host: 192.0.2.7/192.0.2.7");
    }

    @Test
    void block_timeOfItsOwn_isTakenAndRenewedAsOften() throws IOException {
        open();

        assertThat(block("2001:db8::/48", 7_200)).isEqualTo("done: 2001:db8::/48 is blocked for 2 h");
        assertThat(block("2001:db8::/48", 5)).isEqualTo("done: 2001:db8::/48 is blocked for 5 s");
        assertThat(paper.row("2001:db8::/48", 0)).isEqualTo("OPERATOR x1 [] 5 s");
        assertThat(block("2001:db8::/48", 0)).isEqualTo("done: 2001:db8::/48 is blocked until it is unblocked");
        assertThat(paper.row("2001:db8::/48", 0)).isEqualTo("OPERATOR x1 [] without end");
        assertThat(firewall.transactions).hasSize(3).allMatch(blocks -> blocks.get(0).renews());
        assertThat(responder.blocksActive()).isOne();
    }

    @Test
    void block_hostThatProbed_becomesABlockByHandAndKeepsItsPorts() throws IOException {
        open();
        respond(Requests.block("192.0.2.7"));

        block("192.0.2.7", 0);

        assertThat(paper.row("192.0.2.7", 0)).isEqualTo("OPERATOR x1 [TCP/11] without end");
    }

    @Test
    void block_everybody_isRefused() throws IOException {
        open();

        assertThat(block("0.0.0.0/0", OptionalLong.empty(), true)).isEqualTo("refused: 0.0.0.0/0 is everybody");
        assertThat(block("::/0")).isEqualTo("refused: ::/0 is everybody");
    }

    @Test
    void block_noFirewallOrOneThatTakesNothingBack_isRefusedWithTheReason() throws IOException {
        open();
        firewall.canUnblock = false;
        assertThat(block("192.0.2.7")).isEqualTo("refused: KILL_ROUTE blocks here, and nothing could take that back; "
                + "run its command by hand");
        firewall.dryRun = true;
        assertThat(block("192.0.2.7")).isEqualTo("refused: no firewall is in use: BLOCK_METHOD is none, or neither "
                + "BLOCK_TCP nor BLOCK_UDP is 1");
        assertThat(unblock()).isEqualTo("refused: nobody is blocked: no firewall is in use");
        assertThat(firewall.transactions).isEmpty();
    }

    @Test
    void block_whoIsSpared_takesForceWhichLasts() throws IOException {
        ignored = networks("192.0.2.7", "198.51.100.0/24");
        open();

        assertThat(block("192.0.2.7")).isEqualTo("refused: 192.0.2.7 is not blocked: it is on the ignore list; --force "
                + "blocks it all the same");
        assertThat(block("198.51.100.9")).isEqualTo("refused: 198.51.100.9 is not blocked: 198.51.100.0/24 is on the "
                + "ignore list; --force blocks it all the same");
        assertThat(block("192.0.2.0/24")).isEqualTo("refused: 192.0.2.0/24 is not blocked: 192.0.2.7 is on the ignore "
                + "list; --force blocks it all the same");
        assertThat(firewall.transactions).isEmpty();

        assertThat(block("192.0.2.0/24", OptionalLong.empty(), true)).startsWith("done: ");
        ignored = networks("192.0.2.7", "192.0.2.8");
        renew();
        assertThat(paper.row("192.0.2.0/24", 0)).isEqualTo("FORCED x1 [] 60 s");
        assertThat(firewall.unblocked()).doesNotContain("192.0.2.0/24");
    }

    @Test
    void block_networksOfWhichOneLiesInTheOther_isRefused() throws IOException {
        open();
        block("192.0.2.0/24");

        String words = "refused: it overlaps with 192.0.2.0/24, which is blocked; unblock that first";
        assertThat(block("192.0.2.128/25")).isEqualTo(words);
        assertThat(block("192.0.0.0/16")).isEqualTo(words);
        assertThat(block("192.0.2.7")).startsWith("done: ");
        assertThat(block("192.0.3.0/24")).startsWith("done: ");
    }

    @Test
    void block_beyondBlockMax_isRefusedButARenewalIsNot() throws IOException {
        blockMax = 1;
        open();
        block("192.0.2.7");

        assertThat(block("192.0.2.8")).isEqualTo("refused: BLOCK_MAX (1 blocks) is reached");
        assertThat(block("192.0.2.7", 90)).startsWith("done: ");
    }

    @Test
    void block_firewallRefuses_isAnsweredWithItsWordsAndNotRecorded() throws IOException {
        open();
        firewall.refused.addAll(networks("192.0.2.7"));

        assertThat(block("192.0.2.7")).isEqualTo("refused: 192.0.2.7 cannot be blocked: nftables: Could not process "
                + "rule: Operation not permitted; run the daemon as root or with CAP_NET_ADMIN");
        assertThat(paper.active).isEmpty();
        assertThat(outcomes).isEmpty();
    }

    @Test
    void unblock_blockedHost_isLiftedEverywhere() throws IOException {
        killHostsDeny = Optional.of("ALL: $TARGET$");
        open();
        respond(Requests.block("192.0.2.7"), Requests.block("192.0.2.8"));

        assertThat(unblock("192.0.2.7")).isEqualTo("done: 192.0.2.7 is no longer blocked");

        assertThat(firewall.unblocked()).containsExactly("192.0.2.7");
        assertThat(hostsDeny).hasContent("ALL: 192.0.2.8\n");
        assertThat(outcomes).last().isEqualTo("192.0.2.7 ended");
        assertThat(paper.endings()).containsExactly("192.0.2.7 UNBLOCKED");
        assertThat(log.lines()).last()
                .isEqualTo("INFO attackalert: Host 192.0.2.7 is no longer blocked: it was unblocked by hand");
        assertThat(unblock("192.0.2.7")).isEqualTo("refused: 192.0.2.7 is not blocked");
    }

    @Test
    void unblock_addressInABlockedPrefix_liftsTheNarrowestAroundIt() throws IOException {
        open();
        block("2001:db8::/32");
        respond(Requests.block("2001:db8:1:2::7"));

        assertThat(unblock("2001:db8:1:2::9"))
                .isEqualTo("done: 2001:db8:1:2::/64, which covers 2001:db8:1:2::9, is no longer blocked");
        assertThat(unblock("2001:db8:1::/48")).isEqualTo("refused: 2001:db8:1::/48 is not blocked");
        assertThat(unblock("2001:db8::/32")).isEqualTo("done: 2001:db8::/32 is no longer blocked");
    }

    @Test
    void unblock_whatNoRecordHas_isTakenOutOfTheFirewallAllTheSame() throws IOException {
        open();

        assertThat(unblock("192.0.2.7")).isEqualTo("refused: 192.0.2.7 is not blocked");
        assertThat(firewall.unblocked()).containsExactly("192.0.2.7");
        firewall.refused.addAll(networks("192.0.2.7"));
        assertThat(unblock("192.0.2.7")).startsWith("refused: 192.0.2.7 is not blocked by us, and the firewall says: ");
    }

    @Test
    void unblock_firewallFails_staysBlockedAndInTheRecord() throws IOException {
        open();
        block("192.0.2.7");
        firewall.refused.addAll(networks("192.0.2.7"));

        assertThat(unblock("192.0.2.7")).isEqualTo("refused: 192.0.2.7 is still blocked: nftables: Could not process "
                + "rule: Operation not permitted");
        assertThat(responder.blocksActive()).isOne();
        assertThat(unblock()).startsWith("refused: not all blocks are lifted: ");
    }

    @Test
    void unblock_all_liftsWhatTheFirewallHoldsBesideTheRecordToo() throws IOException {
        open();
        block("192.0.2.7");
        block("198.51.100.0/24");
        firewall.held = held(9, "192.0.2.7", "192.0.2.99");

        assertThat(unblock()).isEqualTo("done: 3 blocks are lifted");

        assertThat(firewall.unblocked()).containsExactlyInAnyOrder("192.0.2.7", "198.51.100.0/24", "192.0.2.99");
        assertThat(paper.active).isEmpty();
        assertThat(outcomes).contains("192.0.2.7 ended", "198.51.100.0/24 ended");
    }

    @Test
    void unblock_killRoute_saysWhatIsLeftToDo() throws IOException {
        firewall.canUnblock = false;
        open();
        respond(Requests.block("192.0.2.7"));

        assertThat(unblock("192.0.2.7")).isEqualTo("done: 192.0.2.7 is no longer blocked as far as the daemon is "
                + "concerned; what KILL_ROUTE did, undo by hand");
        assertThat(firewall.unblocked).isEmpty();
    }

    @Test
    void blocks_all_firstToEndFirst() throws IOException {
        open();
        block("192.0.2.1", 0);
        respond(Requests.block("192.0.2.2"));
        block("192.0.2.3", 10);
        BlocksCommand command = new BlocksCommand(new CompletableFuture<>());
        obey(command);

        assertThat(command.answer().getNow(List.of())).extracting(ActiveBlock::target)
                .containsExactlyElementsOf(networks("192.0.2.3", "192.0.2.2", "192.0.2.1"));
        assertThat(command.answer().getNow(List.of())).extracting(block -> block.origin().reason())
                .containsExactly(BlockReason.OPERATOR, BlockReason.PROBE, BlockReason.OPERATOR);
    }

    @Test
    void command_somethingThrows_isAnsweredAllTheSame() throws IOException {
        open();
        firewall.broken = true;
        CompletableFuture<CommandOutcome> answer = new CompletableFuture<>();
        BlockCommand command = new BlockCommand(networks("192.0.2.7").get(0), OptionalLong.empty(), false, answer);

        assertThatThrownBy(() -> obey(command)).isInstanceOf(IllegalStateException.class);

        assertThat(words(answer)).isEqualTo("refused: the daemon could not do it; its log says why");
    }

    /** What waits before the command is done first, and may be what fails. */
    @Test
    void command_whatCameBeforeItThrows_isAnsweredAllTheSame() throws IOException {
        open();
        firewall.broken = true;
        responder.respond(Requests.block("192.0.2.9"), false);
        CompletableFuture<List<ActiveBlock>> answer = new CompletableFuture<>();
        ActionRequest request = request(ActionKind.COMMAND);
        request.command = new BlocksCommand(answer);

        assertThatThrownBy(() -> respond(request)).isInstanceOf(IllegalStateException.class);

        assertThat(answer).isDone();
    }
}
