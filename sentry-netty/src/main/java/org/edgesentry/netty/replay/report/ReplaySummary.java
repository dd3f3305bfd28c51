package org.edgesentry.netty.replay.report;

import java.util.Map;
import org.edgesentry.core.probe.Verdict;

/**
 * What a replay comes to. Thread: immutable.
 *
 * @param packets frames that were read
 * @param sources distinct sources outside of home that sent something to home; an estimate above 65,536
 * @param scans distinct sources that were named
 * @param trapSources distinct sources that reached SCAN_TRIGGER on trap ports; the least number in a flood
 * @param backscatterSources distinct sources of backscatter, counted likewise
 * @param verdicts what the pipeline made of the packets that it judged, in the order of {@link Verdict}, without zeros
 * @param notIp frames without an IP packet
 * @param fragments fragments that hold no header, or the half of one
 * @param unread frames of a link type that is not read
 */
public record ReplaySummary(long packets, long sources, long scans, long trapSources,
                            long backscatterSources, Map<Verdict, Long> verdicts, long notIp, long fragments,
                            long unread) {

    /** Packets whose headers contradict each other. */
    public long malformed() {
        return verdicts.getOrDefault(Verdict.MALFORMED, 0L);
    }
}
