package org.edgesentry.actions.respond;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;
import org.edgesentry.actions.Requests;
import org.edgesentry.actions.firewall.FirewallWatch.Change;
import org.edgesentry.actions.firewall.HeldBlock;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Somebody else changes the firewall. */
class FirewallCareTest extends ResponderFixture {

    private static final String TAKEN_AWAY = "WARN Our part of the firewall was taken away or changed by somebody else"
            + "; it is made anew, with 2 blocks";

    @BeforeEach
    void block() throws IOException {
        open();
        respond(Requests.block("192.0.2.7"), Requests.block("192.0.2.8"));
        firewall.held = held(60, "192.0.2.7", "192.0.2.8");
        firewall.transactions.clear();
        firewall.looks = 0;
    }

    @Test
    void tick_nothingHasChanged_asksTheFirewallNothing() {
        IntStream.rangeClosed(1, 50).forEach(this::tick);

        assertThat(firewall.looks).isZero();
        assertThat(firewall.transactions).isEmpty();
    }

    private List<String> warnings() {
        return log.lines().stream().filter(line -> line.startsWith("WARN")).toList();
    }

    @Test
    void tick_rulesAreGone_areMadeAnewWithAllBlocksInOneCall() {
        change = Change.RULES;
        firewall.intact = false;
        tick(10);
        tick(11);

        assertThat(firewall.opened).isOne();
        assertThat(firewall.transactions).hasSize(1);
        assertThat(firewall.transaction(0)).containsExactly("192.0.2.7 50", "192.0.2.8 50");
        assertThat(warnings()).containsExactly(TAKEN_AWAY);
    }

    @Test
    void tick_rulesOfOursHaveChangedByUs_isLookedAtAndLeft() {
        change = Change.RULES;
        tick(1);

        assertThat(firewall.looks).isOne();
        assertThat(firewall.opened).isZero();
        assertThat(said.lines()).isEmpty();
    }

    @Test
    void tick_aBlockWasTakenOut_isPutBackAndSaidWithTheWayToLiftIt() {
        change = Change.BLOCKS;
        firewall.held = held(60, "192.0.2.8");
        tick(10);

        assertThat(firewall.opened).isZero();
        assertThat(firewall.transaction(0)).containsExactly("192.0.2.7 50");
        assertThat(warnings()).containsExactly("WARN 1 blocks were taken out of the firewall by somebody else and "
                + "are put back, 192.0.2.7 among them; to lift a block: sentry unblock 192.0.2.7");
    }

    @Test
    void tick_oneListingLacksABlock_isNotBelieved() {
        change = Change.BLOCKS;
        Iterator<List<HeldBlock>> listings =
                List.of(held(60, "192.0.2.8"), held(60, "192.0.2.7", "192.0.2.8")).iterator();
        firewall.whenListed = () -> firewall.held = listings.next();
        tick(10);

        assertThat(listings).isExhausted();
        assertThat(firewall.transactions).isEmpty();
        assertThat(said.lines()).isEmpty();
    }

    @Test
    void tick_blocksThatAreAboutToEnd_areNotPutBack() {
        change = Change.BLOCKS;
        firewall.held = held(60);
        tick(58);

        assertThat(firewall.transactions).isEmpty();
    }

    @Test
    void tick_nobodyTellsOfChanges_isLookedAtEachFourthTick() {
        firewall.watched = false;
        IntStream.rangeClosed(1, 8).forEach(this::tick);
        assertThat(firewall.looks).isEqualTo(2);

        firewall.intact = false;
        IntStream.rangeClosed(9, 12).forEach(this::tick);
        assertThat(warnings()).containsExactly(TAKEN_AWAY);
    }

    @Test
    void tick_cannotBeMended_isTriedAfterLongerAndLongerPausesAndSaidOnce() {
        change = Change.RULES;
        firewall.intact = false;
        firewall.refused.addAll(networks("192.0.2.7"));
        firewall.held = held(60, "192.0.2.8");
        IntStream.rangeClosed(1, 16).forEach(this::tick);

        // After 1, 2, 4 and 8 seconds.
        assertThat(firewall.transactions).hasSize(5);
        assertThat(log.lines()).filteredOn(line -> line.startsWith("WARN")).containsExactly("WARN The firewall lacks "
                + "blocks and cannot be mended: nftables: Could not process rule: Operation not permitted; run the "
                + "daemon as root or with CAP_NET_ADMIN. It is tried again");

        firewall.refused.clear();
        IntStream.rangeClosed(17, 32).forEach(this::tick);
        assertThat(firewall.transactions).hasSize(6);
    }

    /** The rules were made, the blocks not: the rules being intact is no reason to leave it at that. */
    @Test
    void tick_rulesAreMadeAnewButBlocksAreRefused_arePutBackOnceTheyAreTaken() {
        change = Change.RULES;
        firewall.intact = false;
        firewall.refused.addAll(networks("192.0.2.7"));
        firewall.held = held(60, "192.0.2.8");
        tick(1);
        firewall.refused.clear();
        tick(2);

        assertThat(firewall.opened).isOne();
        assertThat(firewall.transaction(1)).containsExactly("192.0.2.7 58");
        assertThat(said.lines()).last().isEqualTo("INFO The firewall has taken the 1 blocks that it lacked");
    }

    @Test
    void tick_lookTakesLong_restsButNotForAsLongAsTheClockIsSetBack() {
        firewall.whenListed = () -> {
            wallNanos += 2_000_000_000L;
            steadyNanos += 2_000_000_000L;
        };
        change = Change.BLOCKS;
        tick(10);
        change = Change.BLOCKS;
        tick(13);
        assertThat(firewall.looks).isEqualTo(3);
        wallNanos -= 3_600_000_000_000L;
        firewall.held = held(60, "192.0.2.8");
        tick(-3_586);

        assertThat(firewall.transactions).hasSize(1);
    }

    @Test
    void tick_dryRun_looksAtNothing() {
        firewall.dryRun = true;
        change = Change.BLOCKS;
        firewall.held = held(60);
        tick(1);

        assertThat(firewall.looks).isZero();
    }
}
