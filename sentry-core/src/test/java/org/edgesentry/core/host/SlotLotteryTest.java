package org.edgesentry.core.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.edgesentry.core.probe.Probes.NOON;
import static org.edgesentry.core.probe.Probes.SECOND;

import java.util.Random;
import java.util.stream.IntStream;
import org.edgesentry.core.hash.SipHash;
import org.edgesentry.core.probe.ProbeEvent;
import org.junit.jupiter.api.Test;

class SlotLotteryTest extends HostStateFixture {

    private static final int DRAWS = 8_000;
    /** More than there are slots, fewer than there are rows. */
    private static final int FORGED = 40_000;
    private static final int ROWS = 60_000;

    private final SlotLottery lottery = new SlotLottery(new SipHash(1, 2));
    private final Random random = new Random(42);

    private long granted(long holderSeenNanos, long nowNanos) {
        return IntStream.range(0, DRAWS).filter(draw -> lottery.grants(holderSeenNanos, nowNanos)).count();
    }

    @Test
    void holderThatWasSilent_givesWayToWhoAsks() {
        assertThat(granted(NOON, NOON + 11 * SECOND)).isEqualTo(DRAWS);
    }

    @Test
    void holderThatWasJustSeen_givesWayToOneInEight() {
        assertThat(granted(NOON, NOON + SECOND)).isBetween(DRAWS / 9L, DRAWS / 7L);
    }

    @Test
    void holderSeenInTheFuture_beforeTheClockWasSetBack_givesWayToOneInEight() {
        assertThat(granted(NOON + 9 * DAY, NOON)).isBetween(DRAWS / 9L, DRAWS / 7L);
    }

    /** A handler in the midst of a flood, all of whose slots are taken. */
    private HostStateHandler flooded() {
        maxHosts = ROWS;
        HostStateHandler handler = handler();
        for (int i = 0; i < 5 * FORGED; i++) {
            forgedProbe(handler, NOON);
        }
        return handler;
    }

    /** A probe of one of the forged sources, each of which comes again after a while. */
    private void forgedProbe(HostStateHandler handler, long epochNanos) {
        int source = random.nextInt(FORGED);
        probe(handler, "203.0." + source / 250 + "." + source % 250, 1_000 + random.nextInt(20), epochNanos);
    }

    /** Twenty packets of the flood to one of his. */
    @Test
    void scannerAmongForgedSourcesThatComeAgain_isJudged() {
        HostStateHandler handler = flooded();
        long now = NOON;
        int probes = 0;
        ProbeEvent last = new ProbeEvent();
        while (!last.hasScan) {
            for (int i = 0; i < 20; i++) {
                forgedProbe(handler, now += SECOND / 100_000);
            }
            last = probe(handler, SCANNER, 1 + probes, now += SECOND / 100_000);
            assertThat(++probes).as("probes of the scanner before his verdict").isLessThan(100);
        }
        assertThat(last.scan.sourceLo).isEqualTo(last.sourceLo);
    }

    /** Else whoever floods could have everybody blocked twice, or nobody. */
    @Test
    void hostsWithoutASlot_keepTheirHitsAndTheirBlocks() {
        scanTrigger = 3;
        HostStateHandler handler = flooded();
        long now = NOON + 2 * SECOND;
        boolean asked = false;
        for (int port = 1; port <= 3; port++) {
            asked = probe(handler, SCANNER, port, now += SECOND / 100_000).blockRequested;
        }
        assertThat(asked).as("a block is asked for with the third hit").isTrue();
        confirm(handler, SCANNER, now + DAY);
        assertThat(probe(handler, SCANNER, 4, now + SECOND).blockRequested).isFalse();
    }
}
