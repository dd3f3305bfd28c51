package org.edgesentry.actions.respond;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.stream.IntStream;
import org.edgesentry.actions.ActionLimits;
import org.edgesentry.actions.Requests;
import org.edgesentry.core.action.ActionRequest;
import org.junit.jupiter.api.Test;

/** What the ledger holds of blocks, and when. */
class RecordTest extends ResponderFixture {

    private static final String BEHIND = "WARN The ledger of blocks cannot be kept: disk is full. Hosts are blocked "
            + "all the same, but what is not written would not survive a restart; it is tried again";

    @Test
    void block_reported_isInTheLedgerBeforeItsLine() throws IOException {
        paper.linesSaid = () -> log.lines().size();
        open();

        respond(Requests.block("192.0.2.7"), Requests.block("192.0.2.8"));

        assertThat(paper.row("192.0.2.7", 0)).isEqualTo("PROBE x1 [TCP/11] 60 s");
        assertThat(paper.linesAtWrite).containsExactly(0);
    }

    @Test
    void block_byKillRoute_isInTheLedgerBeforeItsLine() throws Exception {
        GatedRoute route = new GatedRoute();
        paper.linesSaid = () -> log.lines().size();
        open(route);
        respond(Requests.block("192.0.2.7"));
        assertThat(paper.active).isEmpty();

        route.gate.release();
        awaitCommands(1);

        assertThat(log.lines()).hasSize(2);
        assertThat(paper.row("192.0.2.7", 0)).isEqualTo("PROBE x1 [TCP/11] without end");
        assertThat(paper.linesAtWrite).containsExactly(0);
    }

    @Test
    void block_ledgerFails_isMadeAndReportedAndWrittenOnceItCan() throws IOException {
        open();
        paper.fault = "disk is full";
        respond(Requests.block("192.0.2.7"));
        IntStream.rangeClosed(1, 10).forEach(this::tick);

        assertThat(outcomes).containsExactly("192.0.2.7 for 60");
        assertThat(log.lines()).hasSize(3).contains(BEHIND)
                .anyMatch(line -> line.contains("Host 192.0.2.7 has been blocked"));
        assertThat(responder.isLedgerBehind()).isTrue();
        // At once, and after 1, 2, 4 seconds more.
        assertThat(paper.attempts).isEqualTo(4);

        paper.fault = "";
        tick(14);
        assertThat(paper.active).isEmpty();
        tick(15);
        assertThat(paper.row("192.0.2.7", 0)).isEqualTo("PROBE x1 [TCP/11] 60 s");
        assertThat(said.lines()).containsExactly("INFO The ledger of blocks is complete again");
        assertThat(responder.isLedgerBehind()).isFalse();
    }

    @Test
    void close_ledgerWasBehind_isTriedOnceMore() throws IOException {
        open();
        paper.fault = "disk is full";
        respond(Requests.block("192.0.2.7"));
        paper.fault = "";

        responder.close();

        assertThat(paper.row("192.0.2.7", 0)).isEqualTo("PROBE x1 [TCP/11] 60 s");
        assertThat(paper.closed).isTrue();
    }

    @Test
    void block_ledgerIsDamaged_isBegunAnewWithAllThatIsInForce() throws IOException {
        open();
        respond(Requests.block("192.0.2.7"));
        paper.damaged = true;
        respond(Requests.block("192.0.2.8"));

        assertThat(paper.startedOver).isOne();
        assertThat(paper.active.keySet()).containsExactlyInAnyOrderElementsOf(networks("192.0.2.7", "192.0.2.8"));
        assertThat(log.lines()).noneMatch(line -> line.startsWith("WARN"));
    }

    @Test
    void block_hostThatAFormerRunBlockedTwice_isBlockedForFourTimesAsLong() throws IOException {
        paper.times.put(networks("192.0.2.7").get(0), 2);
        open();

        respond(Requests.block("192.0.2.7"));

        assertThat(outcomes).containsExactly("192.0.2.7 for 240");
        assertThat(paper.row("192.0.2.7", 0)).isEqualTo("PROBE x3 [TCP/11] 240 s");
    }

    @Test
    void block_hostThatWasBlockedWhileTheLedgerFailed_isBlockedForLongerAllTheSame() throws IOException {
        open();
        respond(Requests.block("192.0.2.7"));
        paper.fault = "disk is full";
        tick(60);
        respond(later(61, Requests.block("192.0.2.7")));

        assertThat(outcomes).containsExactly("192.0.2.7 for 60", "192.0.2.7 ended", "192.0.2.7 for 181");
        paper.fault = "";
        tick(70);
        assertThat(paper.endings()).containsExactly("192.0.2.7 EXPIRED");
        assertThat(paper.row("192.0.2.7", 61)).isEqualTo("PROBE x2 [TCP/11] 120 s");
    }

    @Test
    void probesOfABlockedHost_gatherTheirPortsInTheLedger() throws IOException {
        open();
        respond(Requests.block("2001:db8::7"));
        ActionRequest neighbour = Requests.probe("2001:db8::8");
        neighbour.port = 69;
        neighbour.protocol = 17;
        respond(neighbour, Requests.probe("2001:db8::8"));
        tick(1);

        assertThat(paper.row("2001:db8::/64", 0)).isEqualTo("PROBE x1 [TCP/11, UDP/69] 60 s");
    }

    @Test
    void ends_eachInItsWay_areInTheLedger() throws IOException {
        open();
        respond(Requests.block("192.0.2.1"), Requests.block("192.0.2.2"), Requests.block("192.0.2.3"));
        ActionRequest insists = Requests.block("192.0.2.4");
        insists.cameBefore = true;
        respond(insists);
        ignored = networks("192.0.2.3");
        renew();
        tick(60);

        assertThat(paper.endings()).containsExactly("192.0.2.1 GAVE_WAY", "192.0.2.3 SPARED", "192.0.2.2 EXPIRED",
                "192.0.2.4 EXPIRED");
        assertThat(paper.active).isEmpty();
    }

    @Test
    void expiry_upToTwentyAtOnce_haveALineEachAndMoreHaveOne() throws IOException {
        blockMax = 100;
        open();
        blockMany(ActionLimits.EXPIRY_LINES);
        tick(60);
        assertThat(ends()).hasSize(ActionLimits.EXPIRY_LINES)
                .contains("INFO attackalert: Host 192.0.2.0 is no longer blocked: its time is over");

        open();
        blockMany(ActionLimits.EXPIRY_LINES + 1);
        tick(600);
        assertThat(ends()).hasSize(ActionLimits.EXPIRY_LINES + 1).last()
                .isEqualTo("INFO attackalert: 21 hosts are no longer blocked: their time is over");
    }

    private void blockMany(int hosts) {
        respond(IntStream.range(0, hosts).mapToObj(i -> Requests.block("192.0.2." + i))
                .toArray(ActionRequest[]::new));
    }

    private List<String> ends() {
        return log.lines().stream().filter(line -> line.contains("no longer blocked")).toList();
    }

    @Test
    void clock_isSetForward_blocksLastAsLongAsTheyWereTo() throws IOException {
        open();
        respond(Requests.block("192.0.2.7"));
        wallNanos += 3_600_000_000_000L;

        tick(3_600 + 59);
        assertThat(responder.blocksActive()).isOne();
        assertThat(paper.row("192.0.2.7", 3_600)).isEqualTo("PROBE x1 [TCP/11] 60 s");

        tick(3_600 + 60);
        assertThat(responder.blocksActive()).isZero();
    }

    @Test
    void clock_isSetBack_blocksLastNoLonger() throws IOException {
        open();
        respond(Requests.block("192.0.2.7"));
        wallNanos -= 86_400_000_000_000L;

        tick(-86_400 + 59);
        assertThat(responder.blocksActive()).isOne();
        tick(-86_400 + 60);
        assertThat(responder.blocksActive()).isZero();
        assertThat(outcomes).last().isEqualTo("192.0.2.7 ended");
    }

    @Test
    void clock_driftsALittle_movesNothing() throws IOException {
        open();
        respond(Requests.block("192.0.2.7"));
        for (int second = 1; second <= 50; second++) {
            wallNanos += 900_000_000L;
            tick(second);
        }

        assertThat(paper.row("192.0.2.7", 0)).isEqualTo("PROBE x1 [TCP/11] 60 s");
    }

    /** The row that could not be written yet is written with the time of the new clock. */
    @Test
    void clock_isSetWhileTheLedgerIsBehind_isMadeGoodWhenItRecovers() throws IOException {
        open();
        paper.fault = "disk is full";
        respond(Requests.block("192.0.2.7"));
        paper.fault = "";
        wallNanos += 3_600_000_000_000L;
        respond(Requests.probe("192.0.2.9"));
        tick(3_600);

        assertThat(paper.row("192.0.2.7", 3_600)).isEqualTo("PROBE x1 [TCP/11] 60 s");
    }

    @Test
    void clock_isSetAndTheLedgerFails_isMadeGoodWhenItRecovers() throws IOException {
        open();
        respond(Requests.block("192.0.2.7"));
        paper.fault = "disk is full";
        wallNanos -= 600_000_000_000L;
        respond(Requests.probe("192.0.2.9"));
        assertThat(log.lines()).contains(BEHIND);
        paper.fault = "";
        tick(-600);

        assertThat(paper.row("192.0.2.7", -600)).isEqualTo("PROBE x1 [TCP/11] 60 s");
    }
}
