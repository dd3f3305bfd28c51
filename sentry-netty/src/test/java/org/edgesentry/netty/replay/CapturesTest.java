package org.edgesentry.netty.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.edgesentry.core.config.ConfigParser;
import org.edgesentry.core.config.Settings;
import org.edgesentry.core.net.AddressText;
import org.edgesentry.core.probe.DistributedScan;
import org.edgesentry.core.probe.ScanVerdict;
import org.edgesentry.netty.replay.report.ReplayReport;
import org.edgesentry.netty.replay.report.ReplaySummary;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Captures with a known truth, replayed with the shipped configuration: those that others made for other tools, and
 * those of our own. Whoever scans is named, and nobody else.
 */
class CapturesTest {

    /** Of a scan that many share, so many of its sources named is as good as the scan itself. */
    private static final double MOST = 0.8;

    static Stream<LabelledCapture> captures() {
        return Stream.of("public", "own").flatMap(folder -> LabelledCapture.in(folder).stream());
    }

    @ParameterizedTest
    @MethodSource("captures")
    void replay_ofALabelledCapture_namesTheScannersAndNobodyElse(LabelledCapture capture) throws IOException {
        Names names = replay(capture);
        if (!capture.isScored()) {
            return;
        }
        if (capture.isShared()) {
            assertThat(names.shared.size() > 0 || names.share(capture.scanners()) >= MOST).as("found").isTrue();
        } else {
            assertThat(names.sources).as("found").containsAll(capture.scanners());
            assertThat(capture.scanners().isEmpty() ? names.shared : List.of()).as("shared scans").isEmpty();
        }
        Set<String> wrong = new HashSet<>(names.sources);
        wrong.removeAll(capture.scanners());
        wrong.removeAll(capture.neutral());
        assertThat(capture.othersAreInnocent() ? wrong : Set.of()).as("wrongly named").isEmpty();
    }

    private static Names replay(LabelledCapture capture) throws IOException {
        Path conf = Path.of("../conf/portsentry.conf");
        Settings settings = ConfigParser.parse(conf.toString(), Files.readAllBytes(conf)).settings().orElseThrow();
        Names names = new Names();
        List<String> complaints = new ArrayList<>();
        ReplayPipeline pipeline = new ReplayPipeline(settings, List.of(), capture.home(), names);
        new Replay(pipeline, names, complaints::add, Progress.NONE).run(List.of(capture.file()));
        assertThat(complaints).isEmpty();
        assertThat(pipeline.failure()).isEmpty();
        return names;
    }

    private static final class Names implements ReplayReport {

        private final Set<String> sources = new HashSet<>();
        private final List<DistributedScan> shared = new ArrayList<>();

        @Override
        public void scan(ScanVerdict scan, boolean first) {
            sources.add(AddressText.format(scan.family, scan.sourceHi, scan.sourceLo));
        }

        @Override
        public void distributed(DistributedScan scan) {
            shared.add(scan);
        }

        @Override
        public void finish(ReplaySummary summary) {
            // The names are enough.
        }

        @Override
        public boolean isBroken() {
            return false;
        }

        double share(Set<String> scanners) {
            return (double) scanners.stream().filter(sources::contains).count() / scanners.size();
        }
    }
}
