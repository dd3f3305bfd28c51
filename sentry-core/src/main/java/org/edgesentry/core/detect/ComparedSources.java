package org.edgesentry.core.detect;

import java.util.concurrent.TimeUnit;
import org.edgesentry.core.limits.Limits;

/**
 * The sources that {@link Lookalikes} compares: each with the one source that it most often comes right behind, and how
 * many come behind it. Sets of four; in a full set, the one with the weakest case gives way, and of those the oldest.
 *
 * <p>Thread: pipeline only; allocates nothing once made.
 */
final class ComparedSources {

    static final int NONE = -1;

    private static final int WAYS = 4;
    private static final int SETS = Limits.COMPARED_SOURCES / WAYS;
    /** Decoys of the slowest usual scan (nmap -T0, five minutes between probes) need 20 for enough contacts. */
    private static final long LIFETIME_NANOS = TimeUnit.MINUTES.toNanos(30);

    final long[] leaders = new long[Limits.COMPARED_SOURCES];
    /** Contacts in common, as bits by their hash: how many different ones. */
    final long[] common = new long[Limits.COMPARED_SOURCES];
    /** Contacts right behind the leader, less those without. */
    final int[] votes = new int[Limits.COMPARED_SOURCES];
    final int[] followers = new int[Limits.COMPARED_SOURCES];
    final boolean[] following = new boolean[Limits.COMPARED_SOURCES];
    private final long[] sources = new long[Limits.COMPARED_SOURCES];
    private final long[] lastNanos = new long[Limits.COMPARED_SOURCES];

    /** The place of a source, a new one if need be. */
    int place(long source, long epochNanos) {
        int place = find(source);
        if (place == NONE) {
            place = weakest(source, epochNanos);
            leave(place);
            sources[place] = source;
            followers[place] = 0;
        } else if (isStale(place, epochNanos)) {
            leave(place);
            followers[place] = 0;
        }
        lastNanos[place] = epochNanos;
        return place;
    }

    /** The place that a source has, or {@link #NONE}. */
    int find(long source) {
        int first = first(source);
        for (int place = first; place < first + WAYS; place++) {
            if (sources[place] == source) {
                return place;
            }
        }
        return NONE;
    }

    /** Makes it follow its leader. */
    void join(int place) {
        following[place] = true;
        int leader = find(leaders[place]);
        if (leader != NONE) {
            followers[leader]++;
        }
    }

    /** Makes it follow nobody. */
    void leave(int place) {
        int leader = following[place] ? find(leaders[place]) : NONE;
        if (leader != NONE) {
            followers[leader] = Math.max(0, followers[leader] - 1);
        }
        following[place] = false;
        votes[place] = 0;
        common[place] = 0;
    }

    private int weakest(long source, long epochNanos) {
        int first = first(source);
        int weakest = first;
        for (int place = first + 1; place < first + WAYS; place++) {
            int difference = worth(place, epochNanos) - worth(weakest, epochNanos);
            if (difference < 0 || difference == 0 && lastNanos[place] < lastNanos[weakest]) {
                weakest = place;
            }
        }
        return weakest;
    }

    private int worth(int place, long epochNanos) {
        return isStale(place, epochNanos) ? 0 : votes[place] + followers[place];
    }

    private boolean isStale(int place, long epochNanos) {
        return Math.abs(epochNanos - lastNanos[place]) > LIFETIME_NANOS;
    }

    private static int first(long source) {
        return ((int) source & SETS - 1) * WAYS;
    }
}
