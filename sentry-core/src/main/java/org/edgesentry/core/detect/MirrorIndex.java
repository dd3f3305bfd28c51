package org.edgesentry.core.detect;

import java.util.concurrent.TimeUnit;
import org.edgesentry.core.hash.SipHash;
import org.edgesentry.core.limits.Limits;
import org.edgesentry.core.limits.TokenBucket;
import org.edgesentry.core.probe.DistributedScan;

/**
 * From what was asked for, a port or a host, to who asked: the mirror image of the host table. A {@link FirstLook}
 * picks the few keys that are worth a {@link ScanTracker}; trackers stand in sets of eight, and when a set is full, the
 * one that is furthest from being a scan gives way.
 *
 * <p>Thread: pipeline only; allocates when it reports only.
 */
final class MirrorIndex {

    private static final int WAYS = 8;
    private static final long POSTPONE_NANOS = TimeUnit.MINUTES.toNanos(1);

    private final FirstLook firstLook;
    private final FloodGauge gauge = new FloodGauge();
    private final TokenBucket starts =
            new TokenBucket(Limits.SCAN_TRACKERS_STARTED_PER_SECOND, Limits.SCAN_TRACKERS_STARTED_PER_SECOND * 60L);
    /** The keys that trackers follow, side by side: a look through a set is one line of cache. */
    private final long[] keys;
    private final ScanTracker[] trackers;
    private long nextDueNanos = ScanTracker.NEVER;

    /**
     * An empty index.
     *
     * @param ofHosts whether its keys are hosts, else ports
     * @param size trackers, a power of two
     * @param windowSeconds time in which a scan has to be found
     */
    MirrorIndex(boolean ofHosts, int size, long windowSeconds) {
        long windowNanos = TimeUnit.SECONDS.toNanos(windowSeconds);
        this.firstLook = new FirstLook(windowNanos);
        this.keys = new long[size];
        this.trackers = new ScanTracker[size];
        for (int i = 0; i < trackers.length; i++) {
            trackers[i] = new ScanTracker(ofHosts, windowNanos);
        }
    }

    /**
     * Takes down one contact.
     *
     * @param key fingerprint of the port or host that was asked for
     * @param thing fingerprint of what was asked of it: the host of a port, the port of a host
     */
    void note(FailedContact contact, long key, long thing) {
        ScanTracker tracker = trackerOf(contact, key, thing);
        if (tracker != null) {
            tracker.note(contact, thing, SipHash.derive(contact.source, Long.rotateLeft(thing, 1)));
            nextDueNanos = Math.min(nextDueNanos, tracker.dueNanos());
        }
    }

    /** A scan that is to be reported by now, else null. A report that waits too long waited for a clock set back. */
    DistributedScan due(long epochNanos, TokenBucket reports) {
        if (!isDue(nextDueNanos, epochNanos)) {
            return null;
        }
        DistributedScan scan = null;
        long next = ScanTracker.NEVER;
        for (ScanTracker tracker : trackers) {
            if (scan == null && isDue(tracker.dueNanos(), epochNanos)) {
                scan = settled(tracker, epochNanos, reports);
            }
            next = Math.min(next, tracker.dueNanos());
        }
        nextDueNanos = next;
        return scan;
    }

    /** Whether it has reported most of this scan of one host already. */
    boolean hasReported(DistributedScan scan) {
        for (ScanTracker tracker : trackers) {
            if (tracker.hasReported(scan)) {
                return true;
            }
        }
        return false;
    }

    /** Makes whatever was found due. */
    void endWaiting(long epochNanos) {
        for (ScanTracker tracker : trackers) {
            if (tracker.dueNanos() != ScanTracker.NEVER) {
                tracker.postpone(epochNanos);
                nextDueNanos = epochNanos;
            }
        }
    }

    private DistributedScan settled(ScanTracker tracker, long epochNanos, TokenBucket reports) {
        if (tracker.isFlood() || gauge.drowns(tracker.contactsPerSecond())) {
            tracker.settle(epochNanos);
            return null;
        }
        if (!reports.tryTake(epochNanos)) {
            tracker.postpone(epochNanos + POSTPONE_NANOS);
            return null;
        }
        tracker.settle(epochNanos);
        return tracker.report();
    }

    private static boolean isDue(long dueNanos, long epochNanos) {
        return dueNanos != ScanTracker.NEVER
                && (dueNanos <= epochNanos || dueNanos - epochNanos > POSTPONE_NANOS);
    }

    /** The tracker of this key, or a fresh one if the key is worth it; else null. */
    private ScanTracker trackerOf(FailedContact contact, long key, long thing) {
        int first = ((int) (key >>> Integer.SIZE) & trackers.length / WAYS - 1) * WAYS;
        for (int i = first; i < first + WAYS; i++) {
            if (keys[i] == key) {
                if (!trackers[i].isFlooded()) {
                    gauge.note(key, contact.epochNanos);
                }
                return trackers[i];
            }
        }
        if (!firstLook.passes(key, contact.source, thing, contact.epochNanos)) {
            return null;
        }
        gauge.note(key, contact.epochNanos);
        return starts.tryTake(contact.epochNanos) ? newTracker(first, contact, key) : null;
    }

    /** A tracker that begins with this contact, or null when all of the set wait to report. */
    private ScanTracker newTracker(int first, FailedContact contact, long key) {
        int least = -1;
        long leastPromise = Long.MAX_VALUE;
        for (int i = first; i < first + WAYS; i++) {
            ScanTracker tracker = trackers[i];
            long promise = tracker.dueNanos() == ScanTracker.NEVER ? tracker.promise(contact.epochNanos)
                    : Long.MAX_VALUE;
            if (promise < leastPromise) {
                least = i;
                leastPromise = promise;
            }
        }
        if (least < 0) {
            return null;
        }
        keys[least] = key;
        trackers[least].begin(contact);
        return trackers[least];
    }
}
