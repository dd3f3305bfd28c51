package org.edgesentry.actions.notify;

import java.util.List;
import org.edgesentry.core.probe.DistributedScan;

/**
 * One notification: what happened since the one before. Thread: immutable.
 *
 * @param host own name of this host
 * @param firstEpochNanos when the first of it was told, nanoseconds since the epoch
 * @param lastEpochNanos when the last of it was told, nanoseconds since the epoch
 * @param blocks how many blocks
 * @param scans how many scans have ended, and how many were found that many sources share
 * @param sources the first sources
 * @param crowds the first scans that many sources share
 * @param unlisted how many blocks and scans are in none of these two lists
 * @param lost what was given up before
 */
record Digest(String host, long firstEpochNanos, long lastEpochNanos, long blocks, long scans,
              List<SourceNews> sources, List<DistributedScan> crowds, long unlisted, Lost lost) {

    /**
     * What never reached its receiver.
     *
     * @param messages notifications
     * @param news blocks and scans in them
     */
    record Lost(long messages, long news) {

        static final Lost NOTHING = new Lost(0, 0);

        Lost and(Digest digest) {
            return new Lost(messages + 1, news + digest.news());
        }
    }

    long news() {
        return blocks + scans;
    }

    /** The same in each attempt to deliver it, and in no other notification: a receiver can drop what came twice. */
    String id() {
        return host + "-" + Long.toHexString(firstEpochNanos);
    }

    /** The source that stands for all: the first one; a dash where there is none. */
    String firstSource() {
        return sources.isEmpty() ? "-" : sources.get(0).source().toString();
    }
}
