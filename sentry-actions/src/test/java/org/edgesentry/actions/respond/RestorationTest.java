package org.edgesentry.actions.respond;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.edgesentry.actions.Requests;
import org.edgesentry.core.ledger.BlockReason;
import org.junit.jupiter.api.Test;

/** What a start takes up of the run before. */
class RestorationTest extends ResponderFixture {

    @Test
    void start_blocksAreDue_areInForceAgainWithOneCallForTheTimeThatIsLeft() throws IOException {
        remember("192.0.2.7", BlockReason.PROBE, 100);
        remember("192.0.2.8", BlockReason.OPERATOR, 0);
        remember("2001:db8::/64", BlockReason.PROBE, 50);
        wallNanos += 20_500_000_000L;
        open();

        assertThat(firewall.transactions).hasSize(1);
        assertThat(firewall.transaction(0)).containsExactly("2001:db8::/64 30", "192.0.2.7 80", "192.0.2.8 0");
        assertThat(firewall.transactions.get(0)).as("not held yet").noneMatch(block -> block.renews());
        assertThat(responder.blocksActive()).isEqualTo(3);
        assertThat(log.lines()).isEmpty();
        assertThat(said.lines()).containsExactly("INFO Blocks of a former run: 3 in force again, of which 0 were known "
                + "to the firewall only; the time of 0 is over, 0 are spared by now");
    }

    @Test
    void start_timeIsOverOrHostIsSpared_isLiftedButForce() throws IOException {
        remember("192.0.2.1", BlockReason.PROBE, 10);
        remember("192.0.2.2", BlockReason.OPERATOR, 100);
        remember("192.0.2.3", BlockReason.FORCED, 100);
        ignored = networks("192.0.2.2", "192.0.2.3");
        wallNanos += 10_000_000_000L;
        open();

        assertThat(firewall.unblocked()).containsExactly("192.0.2.1", "192.0.2.2");
        assertThat(firewall.transaction(0)).containsExactly("192.0.2.3 90");
        assertThat(paper.endings()).containsExactly("192.0.2.1 EXPIRED", "192.0.2.2 SPARED");
        assertThat(said.lines()).last().asString().endsWith("the time of 1 is over, 1 are spared by now");
    }

    @Test
    void start_moreThanBlockMaxAreDue_thoseGoThatEndFirst() throws IOException {
        remember("192.0.2.1", BlockReason.PROBE, 1);
        remember("192.0.2.2", BlockReason.PROBE, 2);
        for (int i = 3; i <= 7; i++) {
            remember("192.0.2." + i, BlockReason.PROBE, 10 * i);
        }
        wallNanos += 2_000_000_000L;
        open();

        assertThat(firewall.transaction(0)).extracting(block -> block.split(" ")[0])
                .containsExactly("192.0.2.5", "192.0.2.6", "192.0.2.7");
        assertThat(paper.endings()).containsExactly("192.0.2.1 EXPIRED", "192.0.2.2 EXPIRED", "192.0.2.3 GAVE_WAY",
                "192.0.2.4 GAVE_WAY");
        assertThat(said.lines()).last().asString()
                .endsWith("the time of 2 is over, 0 are spared by now, 2 are more than BLOCK_MAX allows");
    }

    /** Else a full ledger with many old rows would drop blocks for which there is room. */
    @Test
    void start_manyHaveEnded_takeNoRoomFromThoseThatAreDue() throws IOException {
        for (int i = 1; i <= BLOCK_MAX; i++) {
            remember("192.0.2." + i, BlockReason.PROBE, 1);
            remember("192.0.2.10" + i, BlockReason.PROBE, 100);
        }
        wallNanos += 1_000_000_000L;
        open();

        assertThat(firewall.transaction(0)).hasSize(BLOCK_MAX);
    }

    @Test
    void start_firewallHoldsWhatTheLedgerDoesNotKnow_isTakenOver() throws IOException {
        remember("192.0.2.7", BlockReason.PROBE, 100);
        paper.times.put(networks("192.0.2.8").get(0), 2);
        ignored = networks("192.0.2.9");
        firewall.held = held(30, "192.0.2.7", "192.0.2.8", "192.0.2.9", "192.0.2.10", "192.0.2.11");
        open();

        assertThat(firewall.transaction(0)).as("what is held as it should be needs no doing")
                .containsExactly("192.0.2.7 100");
        assertThat(firewall.unblocked()).containsExactly("192.0.2.9", "192.0.2.11");
        assertThat(paper.row("192.0.2.8", 0)).isEqualTo("KERNEL x3 [] 30 s");
        assertThat(said.lines()).last().isEqualTo("INFO Blocks of a former run: 3 in force again, of which 2 were "
                + "known to the firewall only; the time of 0 is over, 1 are spared by now, "
                + "1 are more than BLOCK_MAX allows");
    }

    @Test
    void start_firewallEndsNoBlocksByItself_blocksOfUnknownLengthGetTheirTime() throws IOException {
        firewall.expiresByItself = false;
        paper.times.put(networks("192.0.2.8").get(0), 1);
        firewall.held = held(0, "192.0.2.8");
        open();
        assertThat(firewall.transactions).as("it is there").isEmpty();
        assertThat(paper.row("192.0.2.8", 0)).isEqualTo("KERNEL x2 [] 120 s");

        tick(120);
        assertThat(firewall.unblocked()).containsExactly("192.0.2.8");
    }

    @Test
    void start_kernelHoldsABlockWithoutEnd_staysWithoutEnd() throws IOException {
        firewall.held = held(0, "192.0.2.8");
        open();

        assertThat(paper.row("192.0.2.8", 0)).isEqualTo("KERNEL x1 [] without end");
    }

    @Test
    void start_dryRun_leavesTheLedgerAlone() throws IOException {
        firewall.dryRun = true;
        remember("192.0.2.7", BlockReason.PROBE, 100);
        remember("192.0.2.8", BlockReason.PROBE, 1);
        wallNanos += 1_000_000_000L;
        open();
        tick(2);

        assertThat(paper.active).hasSize(2);
        assertThat(paper.attempts).isZero();
        assertThat(firewall.transactions).isEmpty();
        assertThat(said.lines()).isEmpty();
    }

    @Test
    void start_ledgerCannotBeRead_isSaidAndTheKernelsBlocksStay() throws IOException {
        paper.fault = "disk I/O error";
        firewall.held = held(30, "192.0.2.8");
        open();

        assertThat(firewall.transactions).isEmpty();
        assertThat(firewall.unblocked()).isEmpty();
        assertThat(responder.blocksActive()).isOne();
        assertThat(log.lines()).hasSize(1).first().asString()
                .startsWith("WARN The ledger of blocks cannot be kept: disk I/O error.");
    }

    @Test
    void start_firewallRefuses_isSaidAndTriedAgainWithTheTicks() throws IOException {
        remember("192.0.2.7", BlockReason.PROBE, 100);
        firewall.refused.addAll(networks("192.0.2.7"));
        open();
        assertThat(said.lines().get(0)).isEqualTo("WARN Blocks of a former run could not be put into the firewall, "
                + "which is tried again: nftables: Could not process rule: Operation not permitted");
        tick(1);
        assertThat(log.lines()).singleElement().asString().startsWith("WARN The firewall lacks blocks and cannot be "
                + "mended: nftables: Could not process rule: Operation not permitted");

        firewall.refused.clear();
        tick(2);
        assertThat(firewall.transactions).hasSize(2);
        tick(3);
        assertThat(firewall.transactions).hasSize(3);
        assertThat(firewall.transaction(2)).containsExactly("192.0.2.7 97");
        assertThat(said.lines()).last().isEqualTo("INFO The firewall has taken the 1 blocks that it lacked");
    }

    @Test
    void renew_firewallComesIntoUseLater_takesUpTheBlocksThen() throws IOException {
        firewall.dryRun = true;
        remember("192.0.2.7", BlockReason.PROBE, 100);
        open();
        firewall.dryRun = false;
        firewall.identity = "nftables";
        renew();
        renew();

        assertThat(firewall.transactions).hasSize(1);
        assertThat(firewall.transaction(0)).containsExactly("192.0.2.7 100");
        assertThat(blocked).content().contains("Host: 192.0.2.7/192.0.2.7 Port: 11 TCP Blocked");
    }

    @Test
    void probe_ofARestoredHost_costsTheFirewallNothing() throws IOException {
        remember("192.0.2.7", BlockReason.PROBE, 100);
        open();
        respond(Requests.block("192.0.2.7"));

        assertThat(firewall.transactions).hasSize(1);
        assertThat(outcomes).containsExactly("192.0.2.7 for 100");
    }
}
