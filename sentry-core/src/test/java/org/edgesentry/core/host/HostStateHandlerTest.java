package org.edgesentry.core.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.edgesentry.core.probe.Probes.NOON;
import static org.edgesentry.core.probe.Probes.SECOND;
import static org.edgesentry.core.probe.Probes.syn;

import java.time.Duration;
import java.util.stream.IntStream;
import java.util.List;
import org.edgesentry.core.config.ResponseMode;
import org.edgesentry.core.limits.Limits;
import org.edgesentry.core.net.Cidr;
import org.edgesentry.core.net.CidrParser;
import org.edgesentry.core.probe.EventKind;
import org.edgesentry.core.probe.ProbeEvent;
import org.junit.jupiter.api.Test;

class HostStateHandlerTest extends HostStateFixture {

    @Test
    void scanTrigger_beyondWhatIsEvidenceEnough_isWaitedFor() {
        scanTrigger = 10;
        HostStateHandler handler = handler();
        for (int port = 1; port < 10; port++) {
            assertThat(trapProbe(handler, port).blockRequested).as("probe %d", port).isFalse();
        }
        assertThat(trapProbe(handler, 10).blockRequested).isTrue();
    }

    private static ProbeEvent trapProbe(HostStateHandler handler, int port) {
        ProbeEvent event = syn(SCANNER, port, NOON + port * SECOND);
        event.trapPort = true;
        return handle(handler, event);
    }

    @Test
    void firstProbe_withTriggerZeroOrOne_isTriggered() {
        for (int trigger : new int[] {0, 1}) {
            scanTrigger = trigger;
            assertThat(probe(handler(), SCANNER, 1, NOON).triggered).isTrue();
        }
    }

    @Test
    void trigger_three_firesAtTheThirdHit() {
        scanTrigger = 3;
        HostStateHandler handler = handler();

        assertThat(probe(handler, SCANNER, 1, NOON).triggered).isFalse();
        assertThat(probe(handler, SCANNER, 1, NOON).triggered).isFalse();
        assertThat(probe(handler, SCANNER, 2, NOON).triggered).isTrue();
    }

    @Test
    void retransmission_ofTheSameProbe_isNoSecondHit() {
        scanTrigger = 2;
        HostStateHandler handler = handler();
        ProbeEvent first = syn(SCANNER, 1, NOON);
        ProbeEvent again = syn(SCANNER, 1, NOON + SECOND);
        again.identity = first.identity;

        assertThat(handle(handler, first).triggered).isFalse();
        assertThat(handle(handler, again).triggered).isFalse();
        assertThat(again.reported).isFalse();
        assertThat(probe(handler, SCANNER, 1, NOON + 2 * SECOND).triggered).isTrue();
    }

    @Test
    void hits_ofAHostSilentForTheWindow_startAnew() {
        scanTrigger = 2;
        HostStateHandler handler = handler();
        probe(handler, SCANNER, 1, NOON);

        assertThat(probe(handler, SCANNER, 2, NOON + DAY + SECOND).triggered).isFalse();
    }

    @Test
    void hits_ofASlowScanner_addUpWithinTheWindow() {
        scanTrigger = 3;
        HostStateHandler handler = handler();
        probe(handler, SCANNER, 1, NOON);
        probe(handler, SCANNER, 2, NOON + DAY - SECOND);

        assertThat(probe(handler, SCANNER, 3, NOON + 2 * DAY - 2 * SECOND).triggered).isTrue();
    }

    @Test
    void clockStepsBack_hostIsNotForgotten() {
        scanTrigger = 2;
        HostStateHandler handler = handler();
        probe(handler, SCANNER, 1, NOON);

        assertThat(probe(handler, SCANNER, 2, NOON - 3 * DAY).triggered).isTrue();
    }

    @Test
    void block_isRequestedOnceAndAgainOnlyWhenNobodyConfirms() {
        HostStateHandler handler = handler();

        assertThat(probe(handler, SCANNER, 1, NOON).blockRequested).isTrue();
        assertThat(probe(handler, SCANNER, 2, NOON + SECOND).blockRequested).isFalse();
        long retry = NOON + Limits.BLOCK_RETRY_SECONDS * SECOND;
        assertThat(probe(handler, SCANNER, 3, retry).blockRequested).isTrue();
    }

    @Test
    void blockedHost_isSaidOnceAndBlockedAgainAfterItsTime() {
        HostStateHandler handler = handler();
        probe(handler, SCANNER, 1, NOON);
        confirm(handler, SCANNER, NOON + 3_600 * SECOND);

        assertThat(probe(handler, SCANNER, 2, NOON + SECOND).firstSinceBlocked).isTrue();
        assertThat(probe(handler, SCANNER, 3, NOON + SECOND).firstSinceBlocked).isFalse();
        ProbeEvent afterwards = probe(handler, SCANNER, 4, NOON + 3_601 * SECOND);
        assertThat(afterwards.blockRequested).isTrue();
    }

    @Test
    void blockWithoutEnd_isNotAskedForAgain() {
        HostStateHandler handler = handler();
        probe(handler, SCANNER, 1, NOON);
        confirm(handler, SCANNER, Long.MAX_VALUE);

        ProbeEvent second = probe(handler, SCANNER, 2, NOON + SECOND);
        assertThat(second.blockRequested).isFalse();
        assertThat(second.firstSinceBlocked).isTrue();
        assertThat(probe(handler, SCANNER, 3, NOON + DAY).blockRequested).isFalse();
    }

    @Test
    void failedBlock_isAskedForAgainAfterAPause() {
        HostStateHandler handler = handler();
        probe(handler, SCANNER, 1, NOON);
        ProbeEvent failure = outcome(EventKind.BLOCK_FAILED, SCANNER, NOON);
        handler.handle(failure);

        assertThat(probe(handler, SCANNER, 2, NOON + SECOND).blockRequested).isFalse();
        assertThat(probe(handler, SCANNER, 3, NOON + 2 * SECOND).blockRequested).isTrue();
    }

    @Test
    void protectedSource_isReportedButNotBlocked() {
        protectedAddresses = List.of(CidrParser.parse(SCANNER));
        ProbeEvent event = probe(handler(), SCANNER, 1, NOON);

        assertThat(event.reported).isTrue();
        assertThat(event.blockForbidden).isTrue();
        assertThat(event.blockRequested).isFalse();
    }

    @Test
    void blockTcpZero_asksForNoBlock() {
        tcp = ResponseMode.LOG;
        ProbeEvent event = probe(handler(), SCANNER, 1, NOON);

        assertThat(event.blockForbidden).isTrue();
        assertThat(event.blockRequested).isFalse();
    }

    @Test
    void blockRate_usedUp_putsBlocksOffButGoesOnDetecting() {
        blockRate = 2;
        HostStateHandler handler = handler();
        probe(handler, "198.51.100.1", 1, NOON);
        probe(handler, "198.51.100.2", 1, NOON);
        ProbeEvent third = probe(handler, "198.51.100.3", 1, NOON);

        assertThat(third.blockRequested).isFalse();
        assertThat(third.reported).isTrue();
        assertThat(probe(handler, "198.51.100.3", 2, NOON + SECOND).blockRequested).isTrue();
    }

    @Test
    void ipv6_addressesOfOnePrefix_areOneHost() {
        scanTrigger = 2;
        HostStateHandler handler = handler();
        probe(handler, "2001:db8:5::1", 1, NOON);
        ProbeEvent second = probe(handler, "2001:db8:5::ffff:2", 2, NOON);

        assertThat(second.blockRequested).isTrue();
        assertThat(second.blockPrefixLength).isEqualTo(64);
    }

    @Test
    void ipv6_scannerOnOurOwnPrefix_isBlockedAlone() {
        protectedAddresses = List.of(CidrParser.parse("2001:db8:5::1"));
        ProbeEvent event = probe(handler(), "2001:db8:5::bad", 1, NOON);

        assertThat(event.blockRequested).isTrue();
        assertThat(event.blockPrefixLength).isEqualTo(128);
    }

    @Test
    void ipv6_addressThatStandsForOurOwnPrefix_isNeverBlocked() {
        protectedAddresses = List.of(CidrParser.parse("2001:db8:5::1"));
        ProbeEvent event = probe(handler(), "2001:db8:5::", 1, NOON);

        assertThat(event.reported).isTrue();
        assertThat(event.blockForbidden).isTrue();
        assertThat(event.blockRequested).isFalse();
    }

    @Test
    void probeThatShutsItsSourceOut_hasALineEvenOnAPortThatHadOne() {
        scanTrigger = 2;
        HostStateHandler handler = handler();
        probe(handler, SCANNER, 1, NOON);
        ProbeEvent second = probe(handler, SCANNER, 1, NOON + SECOND);

        assertThat(second.blockRequested).isTrue();
        assertThat(second.reported).isTrue();
    }

    @Test
    void blockThatHasEnded_isAskedForAgainAtOnce() {
        HostStateHandler handler = handler();
        probe(handler, SCANNER, 1, NOON);
        confirm(handler, SCANNER, NOON + 3_600 * SECOND);
        handler.handle(outcome(EventKind.BLOCK_ENDED, SCANNER, NOON + SECOND));

        assertThat(probe(handler, SCANNER, 2, NOON + 2 * SECOND).blockRequested).isTrue();
    }

    @Test
    void extend_blockedHostGoesOn_isAskedForOnceInATenthOfTheTime() {
        extend = true;
        HostStateHandler handler = handler();
        probe(handler, SCANNER, 1, NOON);
        confirm(handler, SCANNER, NOON + 3_600 * SECOND);

        assertThat(probe(handler, SCANNER, 2, NOON + 300 * SECOND).blockRequested).as("too soon").isFalse();
        assertThat(probe(handler, SCANNER, 3, NOON + 400 * SECOND).blockRequested).isTrue();
        confirm(handler, SCANNER, NOON + 4_000 * SECOND);
        ProbeEvent next = probe(handler, SCANNER, 4, NOON + 500 * SECOND);
        assertThat(next.blockRequested).isFalse();
        assertThat(next.firstSinceBlocked).as("said once").isFalse();
    }

    @Test
    void rate_newcomersHaveUsedUpTheirShare_whoCameBeforeIsStillAskedFor() {
        blockRate = 10;
        scanTrigger = 2;
        HostStateHandler handler = handler();
        probe(handler, SCANNER, 1, NOON);
        scanTrigger = 0;
        ProbeEvent renew = new ProbeEvent();
        renew.kind = EventKind.RENEW;
        handler.handle(renew);
        long asked = IntStream.rangeClosed(1, 50)
                .filter(host -> probe(handler, "203.0.113." + host, 1, NOON + SECOND).blockRequested).count();

        assertThat(asked).isEqualTo(9);
        ProbeEvent again = probe(handler, SCANNER, 2, NOON + SECOND);
        assertThat(again.cameBefore).isTrue();
        assertThat(again.blockRequested).isTrue();
    }

    @Test
    void clockStepsBackByWeeks_blockedHostIsAskedForAgain() {
        HostStateHandler handler = handler();
        probe(handler, SCANNER, 1, NOON);
        confirm(handler, SCANNER, NOON + 3_600 * SECOND);

        assertThat(probe(handler, SCANNER, 2, NOON - 30 * DAY).blockRequested).isTrue();
    }

    @Test
    void floodOfForgedSources_doesNotPushOutAScannerThatIsTracked() {
        scanTrigger = 100;
        maxHosts = 1_000;
        HostStateHandler handler = handler();
        for (int port = 1; port <= 99; port++) {
            probe(handler, SCANNER, port, NOON);
        }
        for (int i = 0; i < 50_000; i++) {
            probe(handler, Cidr.ofAddress(4, 0, 0x0B00_0000L + i).toString(), 1, NOON + i);
        }

        assertThat(probe(handler, SCANNER, 100, NOON + SECOND).triggered).isTrue();
        tick(handler, NOON + SECOND);
        assertThat(handler.hosts()).isEqualTo(1_000);
        assertThat(handler.evicted()).isGreaterThan(48_000);
    }

    @Test
    void tick_forgetsHostsThatAreSilentForTheWindow() {
        HostStateHandler handler = handler();
        probe(handler, "198.51.100.1", 1, NOON);
        probe(handler, "198.51.100.2", 1, NOON + DAY);
        tick(handler, NOON + DAY + SECOND);
        tick(handler, NOON + DAY + 2 * SECOND);

        assertThat(handler.hosts()).isEqualTo(1);
    }

    @Test
    void blocksOfASecond_areAskedForAgainOnlyAfterThePause() {
        blockTime = Duration.ofSeconds(1);
        blockTimeMax = Duration.ofSeconds(1);
        HostStateHandler handler = handler();

        assertThat(probe(handler, SCANNER, 1, NOON).blockRequested).isTrue();
        assertThat(probe(handler, SCANNER, 2, NOON).blockRequested).isFalse();
        assertThat(probe(handler, SCANNER, 3, NOON + 3 * SECOND).blockRequested).isTrue();
    }
}
