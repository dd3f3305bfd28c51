package org.edgesentry.actions.respond;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.edgesentry.core.net.Cidr;

/**
 * Targets whose block has ended, or was lifted, in the last seconds: {@link org.edgesentry.actions.firewall.Firewall}
 * tells what the kernel has blocked by itself for ten seconds, also when that is over before.
 *
 * <p>Thread: action worker only. Time is handed in; one that steps back forgets.
 */
final class RecentEnds {

    private static final long REMEMBERED_NANOS = TimeUnit.SECONDS.toNanos(11);

    private final int max;
    private final Map<Cidr, Long> endedNanos = new LinkedHashMap<>();

    /** @param max as many as there can be blocks */
    RecentEnds(int max) {
        this.max = max;
    }

    void add(Cidr target, long epochNanos) {
        endedNanos.remove(target);
        endedNanos.put(target, epochNanos);
        Map.Entry<Cidr, Long> oldest = endedNanos.entrySet().iterator().next();
        while (endedNanos.size() > max || !isRecent(oldest.getValue(), epochNanos)) {
            endedNanos.remove(oldest.getKey());
            oldest = endedNanos.entrySet().iterator().next();
        }
    }

    boolean contains(Cidr target, long epochNanos) {
        Long ended = endedNanos.get(target);
        return ended != null && isRecent(ended, epochNanos);
    }

    private static boolean isRecent(long endedNanos, long epochNanos) {
        return epochNanos >= endedNanos && epochNanos - endedNanos < REMEMBERED_NANOS;
    }
}
