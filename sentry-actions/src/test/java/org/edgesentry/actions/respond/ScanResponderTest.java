package org.edgesentry.actions.respond;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.concurrent.TimeUnit;
import org.edgesentry.actions.ActionLimits;
import org.edgesentry.actions.Requests;
import org.edgesentry.core.action.ActionKind;
import org.edgesentry.core.action.ActionRequest;
import org.edgesentry.core.limits.Limits;
import org.edgesentry.core.net.Cidr;
import org.edgesentry.core.net.CidrParser;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ScanResponderTest extends ResponderFixture {

    @BeforeEach
    void start() throws IOException {
        blockSeconds = 3_600;
        open();
    }

    @Test
    void respond_block_isInTheFirewallTheHistoryAndTheLog() {
        respond(Requests.block("192.0.2.7"));

        assertThat(outcomes).containsExactly("192.0.2.7 for 3600");
        assertThat(history).hasContent("2026-11-22T10:15:30.123+0000 Scan from: [192.0.2.7] (192.0.2.7) "
                + "protocol: [TCP] port: [11] type: [TCP SYN/Normal scan] IP opts: [not set] ignored: [false] "
                + "triggered: [true] noblock: [false] blocked: [true]");
        assertThat(log.lines()).containsExactly(
                "INFO attackalert: Host 192.0.2.7 has been blocked via dropped route using command: "
                        + "\"fake 192.0.2.7 3600s\"",
                "INFO Scan from: [192.0.2.7] (192.0.2.7) protocol: [TCP] port: [11] type: [TCP SYN/Normal scan] "
                        + "IP opts: [not set] ignored: [false] triggered: [true] noblock: [false] blocked: [true]");
        assertThat(responder.counters().blocksMade()).isOne();
        assertThat(responder.counters().linesWritten()).isOne();
        assertThat(responder.blocksActive()).isOne();
    }

    @Test
    void respond_block_isTimedFromTheProbeToTheFirewallsAnswer() {
        wallNanos = Requests.START_NANOS + TimeUnit.MILLISECONDS.toNanos(8);

        respond(Requests.block("192.0.2.7"), Requests.block("192.0.2.8"));

        assertThat(responder.counters().probeToBlock().snapshot().sumNanos())
                .isEqualTo(TimeUnit.MILLISECONDS.toNanos(16));
    }

    @Test
    void respond_blockThatTheFirewallRefuses_isNotTimed() {
        firewall.refused.add(CidrParser.parse("192.0.2.7"));

        respond(Requests.block("192.0.2.7"), Requests.block("192.0.2.8"));

        assertThat(responder.counters().probeToBlock().snapshot().count()).isOne();
    }

    @Test
    void respond_block_isInTheBlockedFileAtOnce() {
        respond(Requests.block("192.0.2.7"));

        assertThat(blocked).content().endsWith(" Host: 192.0.2.7/192.0.2.7 Port: 11 TCP Blocked\n");
    }

    @Test
    void respond_blockedLines_areFoundByLogwatch() {
        ActionRequest again = Requests.probe("192.0.2.7");
        again.reported = false;
        again.firstSinceBlocked = true;

        respond(Requests.block("192.0.2.7"), again);

        assertThat(log.lines()).anyMatch(line -> line.matches(".*attackalert: Host (\\S+) has been blocked.*"));
        assertThat(log.lines()).last()
                .isEqualTo("INFO attackalert: Host: 192.0.2.7/192.0.2.7 is already blocked Ignoring");
    }

    @Test
    void respond_blockedHostIsAskedForAgain_costsTheFirewallNothing() {
        respond(Requests.block("192.0.2.7"));
        respond(Requests.block("192.0.2.7"));

        assertThat(firewall.transactions).hasSize(1);
        assertThat(outcomes).containsExactly("192.0.2.7 for 3600", "192.0.2.7 for 3600");
    }

    @Test
    void respond_blockedHostGoesOnAndBlocksExtend_staysBlockedForTheFirstTimeAnew() throws IOException {
        extend = true;
        open();
        respond(Requests.block("192.0.2.7"));
        ActionRequest later = Requests.block("192.0.2.7");
        later.epochNanos += TimeUnit.SECONDS.toNanos(600);
        respond(later);

        assertThat(outcomes).containsExactly("192.0.2.7 for 3600", "192.0.2.7 for 4200");
        assertThat(log.lines()).filteredOn(line -> line.contains("has been blocked")).hasSize(1);
        assertThat(log.lines()).anyMatch(line -> line.contains("Host 192.0.2.7 goes on and stays blocked for longer"));
    }

    @Test
    void respond_hostIsBackAfterItsBlock_isBlockedForLonger() {
        respond(Requests.block("192.0.2.7"));
        ActionRequest back = Requests.block("192.0.2.7");
        back.epochNanos += TimeUnit.SECONDS.toNanos(3_600);
        respond(back);

        assertThat(outcomes).containsExactly("192.0.2.7 for 3600", "192.0.2.7 for 10800");
        assertThat(responder.counters().blocksExpired()).isOne();
    }

    @Test
    void respond_stormOfBlocks_hasBoundedLinesAndACount() throws IOException {
        blockMax = 2_000;
        open();
        for (int i = 0; i < Limits.LINES_AT_ONCE + 50; i++) {
            ActionRequest block = Requests.block("10.0." + i / 250 + "." + i % 250);
            block.reported = false;
            respond(block);
        }
        respond(Requests.tick(0));

        assertThat(log.lines()).hasSize(Limits.LINES_AT_ONCE + 1).last()
                .isEqualTo("INFO attackalert: 50 more hosts have been blocked, without a line each");
    }

    @Test
    void respond_severalInABatch_areOneTransactionAndReportedInOrder() throws IOException {
        respond(Requests.block("192.0.2.7"), Requests.probe("192.0.2.8"), Requests.block("192.0.2.7"),
                Requests.block("2001:db8::7"));

        assertThat(firewall.transactions).hasSize(1);
        assertThat(firewall.transactions.get(0)).extracting(block -> block.target() + " " + block.seconds())
                .containsExactly("192.0.2.7 3600", "2001:db8::/64 3600");
        assertThat(outcomes).containsExactly("192.0.2.7 for 3600", "2001:db8::/64 for 3600");
        assertThat(Files.readAllLines(history))
                .extracting(line -> line.replaceAll(".*from: \\[(.*?)\\].*ed: (.*)", "$1 $2"))
                .containsExactly("192.0.2.7 [true]", "192.0.2.8 [unset]", "192.0.2.7 [true]", "2001:db8::7 [true]");
        assertThat(log.lines()).filteredOn(line -> line.contains("has been blocked")).hasSize(2).last()
                .isEqualTo("INFO attackalert: Host 2001:db8::7 has been blocked via dropped route using command: "
                        + "\"fake 2001:db8::/64 3600s\"");
    }

    @Test
    void respond_slotIsReusedByTheRing_batchHoldsCopies() {
        ActionRequest slot = Requests.block("192.0.2.7");
        responder.respond(slot, false);
        slot.sourceLo++;
        slot.port = 12;
        responder.respond(slot, true);

        assertThat(outcomes).containsExactly("192.0.2.7 for 3600", "192.0.2.8 for 3600");
        assertThat(log.lines().get(1)).contains("[192.0.2.7]", "port: [11]");
    }

    @Test
    void respond_ringIsNeverEmpty_batchIsCommittedAllTheSame() {
        for (int i = 0; i < ActionLimits.BATCH_REQUESTS; i++) {
            responder.respond(Requests.probe("192.0.2.7"), false);
        }

        assertThat(responder.counters().linesWritten()).isEqualTo(ActionLimits.BATCH_REQUESTS);
    }

    @Test
    void respond_notReported_leavesNoLine() {
        ActionRequest silent = Requests.probe("192.0.2.7");
        silent.reported = false;

        respond(silent);

        assertThat(history).isEmptyFile();
        assertThat(log.lines()).isEmpty();
    }

    @Test
    void respond_blockForbidden_saysNoblock() {
        ActionRequest forbidden = Requests.probe("192.0.2.7");
        forbidden.triggered = true;
        forbidden.blockForbidden = true;

        respond(forbidden);

        assertThat(firewall.transactions).isEmpty();
        assertThat(log.lines().get(0)).endsWith("triggered: [true] noblock: [true] blocked: [false]");
    }

    @Test
    void respond_firewallRefuses_isSaidOnceAndTriedAgainWithBackOff() {
        firewall.refused.add(CidrParser.parse("192.0.2.7"));

        respond(Requests.block("192.0.2.7"), Requests.block("192.0.2.8"));
        respond(Requests.block("192.0.2.7"));

        assertThat(outcomes).containsExactly("192.0.2.7 failed", "192.0.2.8 for 3600", "192.0.2.7 failed");
        assertThat(firewall.transactions).as("in between the firewall is asked nothing").hasSize(1);
        for (int second = 1; second <= 10; second++) {
            respond(Requests.tick(second));
        }
        assertThat(responder.counters().blocksFailed()).as("at once, and after 1, 2, 4 seconds").isEqualTo(4);
        assertThat(log.lines()).filteredOn(line -> line.startsWith("WARN")).containsExactly("WARN 192.0.2.7 cannot be "
                + "blocked: nftables: Could not process rule: Operation not permitted; run the daemon as root or with "
                + "CAP_NET_ADMIN. It is tried again");
        assertThat(log.lines()).filteredOn(line -> line.contains("[192.0.2.7]")).hasSize(2)
                .allMatch(line -> line.endsWith("noblock: [false] blocked: [false]"));
        assertThat(log.lines()).noneMatch(line -> line.contains("Host 192.0.2.7 has been blocked"));

        firewall.refused.clear();
        respond(Requests.tick(15));

        assertThat(log.lines()).last().isEqualTo("INFO attackalert: Host 192.0.2.7 has been blocked via dropped route "
                + "using command: \"fake 192.0.2.7 3600s\"");
        assertThat(outcomes).last().isEqualTo("192.0.2.7 for 3615");
    }

    @Test
    void respond_beyondBlockMax_isRefusedButWhoIsBlockedStaysSo() {
        respond(Requests.block("192.0.2.1"), Requests.block("192.0.2.2"), Requests.block("192.0.2.3"),
                Requests.block("192.0.2.4"), Requests.block("192.0.2.5"));
        respond(Requests.block("192.0.2.1"));

        assertThat(outcomes).contains("192.0.2.4 failed", "192.0.2.5 failed", "192.0.2.1 for 3600");
        assertThat(responder.blocksActive()).isEqualTo(BLOCK_MAX);
        assertThat(responder.counters().blocksRefused()).isEqualTo(2);
    }

    @Test
    void respond_beyondBlockMax_hostThatCameBeforeTakesThePlaceOfOneThatCameOnce() {
        respond(Requests.block("192.0.2.1"), Requests.block("192.0.2.2"), Requests.block("192.0.2.3"));
        ActionRequest again = Requests.probe("192.0.2.1");
        again.port = 12;
        respond(again);
        respond(insists("192.0.2.4"));

        assertThat(outcomes).contains("192.0.2.2 ended", "192.0.2.4 for 3600");
        assertThat(firewall.unblocked).extracting(Cidr::toString).containsExactly("192.0.2.2");
        assertThat(responder.blocksActive()).isEqualTo(BLOCK_MAX);
        assertThat(responder.counters().blocksRefused()).isZero();
    }

    private static ActionRequest insists(String source) {
        ActionRequest request = Requests.block(source);
        request.cameBefore = true;
        return request;
    }

    /** The record still has room: it learns of the kernel's own blocks some seconds later. */
    @Test
    void respond_setIsFullOfTheKernelsBlocks_hostThatCameBeforeTakesThePlaceOfOneThatCameOnce() {
        respond(Requests.block("192.0.2.1"));
        firewall.full = true;
        respond(Requests.block("192.0.2.2"), insists("192.0.2.3"));

        assertThat(firewall.unblocked).extracting(Cidr::toString).containsExactly("192.0.2.1");
        assertThat(outcomes).contains("192.0.2.1 ended", "192.0.2.2 failed", "192.0.2.3 for 3600");
        assertThat(responder.counters().blocksRefused()).isOne();
        assertThat(log.lines()).noneMatch(line -> line.startsWith("WARN"));
    }

    private void blockFor(long seconds, String source) {
        blockSeconds = seconds;
        respond(request(ActionKind.RENEW), Requests.block(source));
    }

    @Test
    void tick_kernelExpiresByItself_listFollows() throws IOException {
        blockFor(60, "192.0.2.7");
        blockFor(120, "192.0.2.8");
        blockFor(0, "192.0.2.9");
        respond(Requests.tick(59));
        assertThat(Files.readAllLines(blocked)).hasSize(3);

        respond(Requests.tick(60));

        assertThat(firewall.unblocked).isEmpty();
        assertThat(responder.counters().blocksExpired()).isOne();
        assertThat(outcomes).contains("192.0.2.7 ended");
        assertThat(log.lines()).last()
                .isEqualTo("INFO attackalert: Host 192.0.2.7 is no longer blocked: its time is over");
        assertThat(Files.readAllLines(blocked)).containsExactly(
                "1795342530 - 11/22/2026 10:15:30 Host: 192.0.2.8/192.0.2.8 Port: 11 TCP Blocked",
                "1795342530 - 11/22/2026 10:15:30 Host: 192.0.2.9/192.0.2.9 Port: 11 TCP Blocked");
        respond(Requests.tick(1_000_000));
        assertThat(Files.readAllLines(blocked)).hasSize(1);
    }

    @Test
    void tick_kernelDoesNotExpire_isUnblockedInOrderAndTriedAgain() {
        firewall.expiresByItself = false;
        blockFor(50, "192.0.2.8");
        blockFor(60, "192.0.2.7");
        firewall.refused.add(CidrParser.parse("192.0.2.7"));

        respond(Requests.tick(60));
        assertThat(firewall.unblocked).extracting(Cidr::toString).containsExactly("192.0.2.8", "192.0.2.7");
        assertThat(responder.blocksActive()).isOne();
        assertThat(responder.counters().unblocksFailed()).isOne();

        firewall.refused.clear();
        respond(Requests.tick(61));
        assertThat(responder.blocksActive()).isZero();
        assertThat(responder.counters().blocksExpired()).isEqualTo(2);
    }

    @Test
    void respond_commandCannotBeTakenBack_blocksWithoutEndAndOnlyOnce() {
        firewall.canUnblock = false;
        firewall.expiresByItself = false;

        respond(Requests.block("192.0.2.7"));
        respond(Requests.tick(100));
        respond(Requests.block("192.0.2.7"));

        assertThat(firewall.transactions).hasSize(1);
        assertThat(firewall.unblocked).isEmpty();
        assertThat(outcomes).containsExactly("192.0.2.7 without end", "192.0.2.7 without end");
    }

    @Test
    void respond_dryRun_claimsNoBlock() {
        firewall.dryRun = true;
        ActionRequest again = Requests.probe("192.0.2.7");
        again.firstSinceBlocked = true;
        again.triggered = true;

        respond(Requests.block("192.0.2.7"), again);

        assertThat(outcomes).containsExactly("192.0.2.7 for 3600");
        assertThat(log.lines()).hasSize(3).noneMatch(line -> line.contains("has been blocked"))
                .noneMatch(line -> line.contains("already blocked")).noneMatch(line -> line.contains("blocked: [true]"))
                .anyMatch(line -> line.contains("Host 192.0.2.7 would be blocked now, but no firewall is in use"));
        assertThat(responder.blocksActive()).isZero();
    }

    @Test
    void respond_closing_hasItsLineInHistoryAndLog() {
        respond(Requests.closing("192.0.2.7", 1024, 994));

        assertThat(history).content().startsWith("2026-11-22T10:17:00.123+0000 Scan from: [192.0.2.7]")
                .endsWith("since 2026-11-22T10:15:30.123+0000]\n");
        assertThat(log.lines()).containsExactly("INFO Scan from: [192.0.2.7] (192.0.2.7) ended: [1024 probes, 994 "
                + "without a line of their own, since 2026-11-22T10:15:30.123+0000]");
    }

    @Test
    void close_withRequestsLeft_writesThemAndLetsGo() throws IOException {
        responder.respond(Requests.block("192.0.2.7"), false);

        responder.close();

        assertThat(Files.readAllLines(history)).hasSize(1);
        assertThat(Files.readAllLines(blocked)).hasSize(1);
        assertThat(firewall.closed).isTrue();
        assertThat(firewall.unblocked).isEmpty();
    }
}
