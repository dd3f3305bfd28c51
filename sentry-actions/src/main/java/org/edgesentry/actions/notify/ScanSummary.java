package org.edgesentry.actions.notify;

import org.edgesentry.core.net.Cidr;

/**
 * A scan of one source that has ended. Thread: immutable.
 *
 * @param source one address
 * @param firstEpochNanos the first probe, nanoseconds since the epoch
 * @param lastEpochNanos the last probe, nanoseconds since the epoch
 * @param probes how many there were
 * @param type the technique, in the words of the log
 * @param blocked whether the source is blocked now
 */
public record ScanSummary(Cidr source, long firstEpochNanos, long lastEpochNanos, long probes, String type,
                          boolean blocked) {

    /** Both as one scan: the longer time, all probes, and of the rest what the later one says. */
    ScanSummary and(ScanSummary later) {
        return new ScanSummary(source, Math.min(firstEpochNanos, later.firstEpochNanos),
                Math.max(lastEpochNanos, later.lastEpochNanos), probes + later.probes, later.type, later.blocked);
    }
}
