package org.edgesentry.actions.notify;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.edgesentry.core.net.Cidr;
import org.edgesentry.core.net.CidrParser;
import org.junit.jupiter.api.Test;

class OpenScansTest {

    private static final Cidr SOURCE = CidrParser.parse("192.0.2.7");

    private final List<ScanSummary> ended = new ArrayList<>();
    private final OpenScans scans = new OpenScans(ended::add, SOURCE::equals);

    private static long second(long second) {
        return NewsFixture.START_NANOS + TimeUnit.SECONDS.toNanos(second);
    }

    @Test
    void tick_sourceIsSilentForLong_hasEnded() {
        scans.probe(SOURCE, "TCP FIN scan", second(0));
        scans.probe(SOURCE, "TCP SYN/Normal scan", second(60));
        scans.tick(second(149));
        assertThat(ended).isEmpty();

        scans.tick(second(150));
        scans.tick(second(999));

        assertThat(ended).containsExactly(
                new ScanSummary(SOURCE, second(0), second(60), 2, "TCP SYN/Normal scan", true));
    }

    @Test
    void closed_byThePipeline_hasItsFigures_andIsToldOnce() {
        scans.probe(SOURCE, "UDP", second(0));
        scans.closed(SOURCE, second(0), second(30), 1_000);
        scans.tick(second(999));

        assertThat(ended).containsExactly(new ScanSummary(SOURCE, second(0), second(30), 1_000, "UDP", true));
    }

    @Test
    void probe_ofTooManySources_endsTheOneThatIsSilentForLongest() {
        scans.probe(SOURCE, "UDP", second(0));
        for (int i = 0; i < 10_000; i++) {
            scans.probe(Cidr.ofAddress(4, 0, i), "UDP", second(1));
        }

        assertThat(ended).hasSize(10_001 - 1_024).first().extracting(ScanSummary::source).isEqualTo(SOURCE);
        scans.endAll();
        assertThat(ended).hasSize(10_001);
    }

    @Test
    void tick_clockStepsBack_endsThem() {
        scans.probe(SOURCE, "UDP", second(100_000));
        scans.tick(second(0));

        assertThat(ended).hasSize(1);
    }
}
