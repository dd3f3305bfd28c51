package org.edgesentry.netty.replay.report;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.edgesentry.actions.history.ScanText;
import org.edgesentry.core.net.AddressText;
import org.edgesentry.core.probe.DistributedScan;
import org.edgesentry.core.probe.ScanKind;
import org.edgesentry.core.probe.ScanType;
import org.edgesentry.core.probe.ScanVerdict;

/** The parts of a verdict as text, for programs and for people. Thread: any. */
final class ScanWords {

    private ScanWords() {
    }

    static String source(ScanVerdict scan) {
        return AddressText.format(scan.family, scan.sourceHi, scan.sourceLo);
    }

    static List<String> kinds(ScanVerdict scan) {
        return Arrays.stream(ScanKind.values()).filter(kind -> kind.isIn(scan.kinds)).map(ScanKind::label).toList();
    }

    /** In the order in which {@link ScanType} has them. */
    static List<String> types(ScanVerdict scan) {
        return Arrays.stream(ScanType.values())
                .filter(type -> type != ScanType.NONE && (scan.techniques & 1 << type.ordinal()) != 0)
                .map(type -> ScanText.type(type, scan.oddFlags)).toList();
    }

    static boolean hasTarget(DistributedScan scan) {
        return (scan.targetHi() | scan.targetLo()) != 0;
    }

    static String target(DistributedScan scan) {
        return AddressText.format(scan.family(), scan.targetHi(), scan.targetLo());
    }

    static Instant time(long epochNanos) {
        long seconds = Math.floorDiv(epochNanos, TimeUnit.SECONDS.toNanos(1));
        return Instant.ofEpochSecond(seconds, Math.floorMod(epochNanos, TimeUnit.SECONDS.toNanos(1)));
    }
}
