package org.edgesentry.core.host;

import java.util.Arrays;

/**
 * Which of the hosts with a slot in the {@link PortMemory} has to go when there is none left: a list of slots per level
 * of evidence, the longest silent at its end. The links are by slot, side by side, so that they stay in the cache where
 * the hosts' rows do not.
 *
 * <p>The lowest level goes first, so a flood of forged sources, a few packets each, only ever pushes out its like. To
 * make the table forget a host that probed sixteen ports, an attacker needs as many other hosts with sixteen ports as
 * there are slots. A host moves to the front of its list at most once a second: that is exact enough to choose a
 * victim, and spares a busy host the work.
 *
 * <p>Thread: pipeline only.
 */
final class SlotOrder {

    /** No slot. */
    static final int NONE = -1;

    /** Times that differ above this bit lie in different spans of 1.07 s. */
    private static final int SPAN_BITS = 30;

    private final int[] newer;
    private final int[] older;
    private final int[] newest = new int[HostState.LEVELS];
    private final int[] oldest = new int[HostState.LEVELS];

    SlotOrder(int slots) {
        this.newer = new int[slots];
        this.older = new int[slots];
        Arrays.fill(newest, NONE);
        Arrays.fill(oldest, NONE);
    }

    void add(int slot, int level) {
        int second = newest[level];
        newer[slot] = NONE;
        older[slot] = second;
        if (second == NONE) {
            oldest[level] = slot;
        } else {
            newer[second] = slot;
        }
        newest[level] = slot;
    }

    void remove(int slot, int level) {
        if (newer[slot] == NONE) {
            newest[level] = older[slot];
        } else {
            older[newer[slot]] = older[slot];
        }
        if (older[slot] == NONE) {
            oldest[level] = newer[slot];
        } else {
            newer[older[slot]] = newer[slot];
        }
    }

    /** Brings a host to the front, on its first probe in a span of time. */
    void touch(int slot, int level, long lastNanos, long nowNanos) {
        if (lastNanos >>> SPAN_BITS != nowNanos >>> SPAN_BITS && newest[level] != slot) {
            remove(slot, level);
            add(slot, level);
        }
    }

    /** The slot of the host that goes first, or {@link #NONE}. */
    int victim() {
        for (int slot : oldest) {
            if (slot != NONE) {
                return slot;
            }
        }
        return NONE;
    }

    /** The last seen host of one level, give or take a second, or {@link #NONE}. */
    int newest(int level) {
        return newest[level];
    }

    /** The next older host of the same level, or {@link #NONE}. */
    int older(int slot) {
        return older[slot];
    }

    /** The next newer host of the same level, or {@link #NONE}. */
    int newer(int slot) {
        return newer[slot];
    }

    /** The longest silent host of one level, or {@link #NONE}. */
    int oldest(int level) {
        return oldest[level];
    }
}
