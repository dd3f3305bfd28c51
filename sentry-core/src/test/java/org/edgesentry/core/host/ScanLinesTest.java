package org.edgesentry.core.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.edgesentry.core.probe.Probes.NOON;
import static org.edgesentry.core.probe.Probes.SECOND;

import java.util.ArrayList;
import java.util.List;
import org.edgesentry.core.config.ResponseMode;
import org.edgesentry.core.limits.Limits;
import org.edgesentry.core.net.Cidr;
import org.edgesentry.core.probe.EventKind;
import org.edgesentry.core.probe.ProbeEvent;
import org.junit.jupiter.api.Test;

class ScanLinesTest extends HostStateFixture {

    @Test
    void scanOfManyPorts_hasThirtyLinesAndOneClosingLine() {
        HostStateHandler handler = handler();
        int lines = 0;
        for (int port = 1; port <= 1_000; port++) {
            lines += probe(handler, SCANNER, port, NOON + port).reported ? 1 : 0;
        }
        assertThat(lines).isEqualTo(Limits.LINES_PER_SCAN);

        assertThat(closings(handler, NOON + 30 * SECOND)).isEmpty();
        List<ProbeEvent> closings = closings(handler, NOON + 62 * SECOND);
        assertThat(closings).singleElement().satisfies(closing -> {
            assertThat(closing.closingProbes).isEqualTo(1_000);
            assertThat(closing.closingFolded).isEqualTo(970);
            assertThat(closing.closingFirstNanos).isEqualTo(NOON + 1);
            assertThat(Cidr.ofAddress(4, 0, closing.sourceLo)).hasToString(SCANNER);
        });
        assertThat(closings(handler, NOON + 200 * SECOND)).isEmpty();
    }

    @Test
    void scanAfterASilence_hasLinesAgain() {
        HostStateHandler handler = handler();
        probe(handler, SCANNER, 1, NOON);
        assertThat(probe(handler, SCANNER, 1, NOON + SECOND).reported).isFalse();

        assertThat(probe(handler, SCANNER, 1, NOON + 100 * SECOND).reported).isTrue();
    }

    @Test
    void closeAll_endsScansThatStillRun() {
        HostStateHandler handler = handler();
        long now = NOON;
        for (String host : List.of("198.51.100.1", "198.51.100.2", "2001:db8:7::9")) {
            for (int port = 1; port <= 40; port++) {
                probe(handler, host, port, now);
            }
            now += 10 * SECOND;
        }
        ProbeEvent stop = new ProbeEvent();
        stop.kind = EventKind.CLOSE_ALL;
        stop.epochNanos = now;

        assertThat(run(handler, stop)).hasSize(3)
                .anySatisfy(closing -> assertThat(Cidr.ofAddress(6, closing.sourceHi, closing.sourceLo))
                        .hasToString("2001:db8:7::9"));
    }

    @Test
    void hostThatNeverPauses_hasASummaryEachTenMinutes() {
        tcp = ResponseMode.LOG;
        HostStateHandler handler = handler();
        List<ProbeEvent> summaries = new ArrayList<>();
        int lines = 0;
        for (int second = 0; second < 3_600; second++) {
            lines += probe(handler, SCANNER, 1 + second % 1_000, NOON + second * SECOND).reported ? 1 : 0;
            summaries.addAll(closings(handler, NOON + second * SECOND));
        }
        List<ProbeEvent> end = closings(handler, NOON + 3_700 * SECOND);

        assertThat(lines).isEqualTo(Limits.LINES_PER_SCAN);
        assertThat(summaries).hasSize(5).allMatch(summary -> summary.closingOngoing);
        assertThat(end).singleElement().satisfies(closing -> {
            assertThat(closing.closingOngoing).isFalse();
            assertThat(closing.closingProbes).isEqualTo(3_600);
        });
        assertThat(folded(summaries) + folded(end) + lines).isEqualTo(3_600);
    }

    @Test
    void hostWhoseBlocksKeepFailing_hasABoundedNumberOfLines() {
        HostStateHandler handler = handler();
        int lines = 0;
        for (int second = 0; second < 600; second++) {
            ProbeEvent event = probe(handler, SCANNER, 1, NOON + second * SECOND);
            lines += event.reported ? 1 : 0;
            if (event.blockRequested) {
                handler.handle(outcome(EventKind.BLOCK_FAILED, SCANNER, NOON + second * SECOND));
            }
        }

        assertThat(lines).isEqualTo(Limits.LINES_PER_SCAN + Limits.BLOCK_LINES_PER_SCAN);
    }

    @Test
    void floodOfManyHosts_hasABurstOfLinesAndOneForTheRest() {
        maxHosts = 20_000;
        HostStateHandler handler = handler();
        int lines = 0;
        for (int i = 0; i < 20_000; i++) {
            lines += probe(handler, host(i), 1, NOON).reported ? 1 : 0;
        }

        assertThat(lines).isEqualTo(Limits.LINES_AT_ONCE);
        assertThat(closings(handler, NOON)).singleElement().satisfies(rest -> {
            assertThat(rest.closingHosts).isEqualTo(20_000 - Limits.LINES_AT_ONCE);
            assertThat(rest.closingFolded).isEqualTo(20_000 - Limits.LINES_AT_ONCE);
        });
        tick(handler, NOON);
        assertThat(handler.linesFolded()).isEqualTo(20_000 - Limits.LINES_AT_ONCE);
        assertThat(closings(handler, NOON + 120 * SECOND)).isEmpty();
    }

    @Test
    void restOfAllHosts_isSaidOnceAMinute() {
        maxHosts = 200_000;
        HostStateHandler handler = handler();
        List<ProbeEvent> sums = new ArrayList<>();
        for (int second = 0; second < 180; second++) {
            for (int i = 0; i < 1_000; i++) {
                probe(handler, host(second * 1_000 + i), 1, NOON + second * SECOND);
            }
            sums.addAll(closings(handler, NOON + second * SECOND));
        }

        assertThat(sums).hasSize(3);
    }

    @Test
    void endsOfManyScans_areBoundedAndTheRestIsOneLine() {
        maxHosts = 20_000;
        HostStateHandler handler = handler();
        int lines = 0;
        for (int i = 0; i < 40_000; i++) {
            lines += probe(handler, host(i % 20_000), 1, NOON + i).reported ? 1 : 0;
        }
        List<ProbeEvent> sums = closeAll(handler, NOON + SECOND);

        assertThat(lines + sums.size()).isLessThanOrEqualTo(Limits.LINES_BURST + 10);
        assertThat(sums).last().satisfies(rest -> assertThat(rest.closingHosts).isPositive());
        assertThat(lines + folded(sums)).isEqualTo(40_000);
    }

    @Test
    void hostsThatHadToGo_areCountedAllTheSame() {
        maxHosts = 500;
        tcp = ResponseMode.LOG;
        HostStateHandler handler = handler();
        int lines = 0;
        for (int i = 0; i < 5_000; i++) {
            lines += probe(handler, host(i), 1, NOON + i).reported ? 1 : 0;
            lines += probe(handler, host(i), 1, NOON + i).reported ? 1 : 0;
        }
        List<ProbeEvent> sums = closeAll(handler, NOON + SECOND);

        assertThat(lines + folded(sums)).isEqualTo(10_000);
    }

    private List<ProbeEvent> closeAll(HostStateHandler handler, long epochNanos) {
        ProbeEvent stop = new ProbeEvent();
        stop.kind = EventKind.CLOSE_ALL;
        stop.epochNanos = epochNanos;
        return run(handler, stop);
    }

    private static String host(int number) {
        return Cidr.ofAddress(4, 0, 0x0B00_0000L + number).toString();
    }

    private static long folded(List<ProbeEvent> sums) {
        return sums.stream().mapToLong(sum -> sum.closingFolded).sum();
    }

    @Test
    void clockStepsBack_whatIsFoldedIsSummedUpAllTheSame() {
        HostStateHandler handler = handler();
        for (int port = 1; port <= 100; port++) {
            probe(handler, SCANNER, port, NOON);
        }

        assertThat(closings(handler, NOON - 3 * DAY)).singleElement()
                .satisfies(closing -> assertThat(closing.closingFolded).isEqualTo(70));
    }
}
