package org.edgesentry.actions.notify;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.edgesentry.actions.ActionLimits;
import org.edgesentry.core.ledger.ActiveBlock;
import org.edgesentry.core.net.Cidr;
import org.edgesentry.core.probe.DistributedScan;

/**
 * News that waits for the next digest. The first sources are kept with what is known of them
 * ({@link ActionLimits#NOTIFIED_SOURCES}), of the rest only the number: a flood takes no more room than a scan.
 *
 * <p>Thread: any; each call holds the lock for a look into a small map, or for the copy of one.
 */
final class Gathering {

    private final Map<Cidr, SourceNews> sources = new LinkedHashMap<>();
    private final List<DistributedScan> crowds = new ArrayList<>();
    private long blocks;
    private long scans;
    private long unlisted;
    private long firstEpochNanos;
    private long lastEpochNanos;

    /** Takes a block; whether it is the first news. */
    synchronized boolean add(ActiveBlock block, boolean dryRun, long epochNanos) {
        boolean first = begin(epochNanos);
        blocks++;
        SourceNews news = find(block.origin().source());
        if (news != null) {
            sources.put(news.source(), news.with(block, dryRun));
        }
        return first;
    }

    /** Takes a scan; whether it is the first news. */
    synchronized boolean add(ScanSummary scan, long epochNanos) {
        boolean first = begin(epochNanos);
        scans++;
        SourceNews news = find(scan.source());
        if (news != null) {
            sources.put(news.source(), news.with(scan));
        }
        return first;
    }

    /** Takes a scan of many sources; whether it is the first news. */
    synchronized boolean add(DistributedScan scan, long epochNanos) {
        boolean first = begin(epochNanos);
        scans++;
        if (crowds.size() < ActionLimits.NOTIFIED_CROWDS) {
            crowds.add(scan);
        } else {
            unlisted++;
        }
        return first;
    }

    synchronized boolean isEmpty() {
        return blocks + scans == 0;
    }

    /** When the first news came, nanoseconds since the epoch. */
    synchronized long firstEpochNanos() {
        return firstEpochNanos;
    }

    synchronized long news() {
        return blocks + scans;
    }

    /** All of it; then there is none. */
    synchronized Digest take(String host, Digest.Lost lost) {
        Digest digest = new Digest(host, firstEpochNanos, lastEpochNanos, blocks, scans,
                List.copyOf(sources.values()), List.copyOf(crowds), unlisted, lost);
        clear();
        return digest;
    }

    synchronized void clear() {
        sources.clear();
        crowds.clear();
        blocks = 0;
        scans = 0;
        unlisted = 0;
    }

    private boolean begin(long epochNanos) {
        boolean first = isEmpty();
        firstEpochNanos = first ? epochNanos : firstEpochNanos;
        lastEpochNanos = epochNanos;
        return first;
    }

    /** What is known of the source; null when there is no room for one more. */
    private SourceNews find(Cidr source) {
        SourceNews known = sources.get(source);
        if (known == null && sources.size() == ActionLimits.NOTIFIED_SOURCES) {
            unlisted++;
            return null;
        }
        return known == null ? SourceNews.of(source) : known;
    }
}
