package org.edgesentry.core.ledger;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.edgesentry.core.limits.Limits;
import org.edgesentry.core.net.Cidr;

/**
 * One block that is in force. Ordered by its end.
 *
 * <p>Thread: immutable.
 *
 * @param target what is dropped
 * @param origin what led to it
 * @param sinceEpochNanos when it was first made
 * @param untilEpochNanos when it ends; {@link Long#MAX_VALUE} without end
 * @param times how often the target was blocked, this time included
 * @param ports what it has asked for so far, in that order, at most {@link Limits#BLOCK_PORTS}
 * @param inFirewall whether the firewall drops it; else KILL_RUN_CMD or hosts.deny is all that was done
 */
public record ActiveBlock(Cidr target, BlockOrigin origin, long sinceEpochNanos, long untilEpochNanos, int times,
                          List<ProbedPort> ports, boolean inFirewall) implements Comparable<ActiveBlock> {

    private static final Comparator<ActiveBlock> BY_END = Comparator.comparingLong(ActiveBlock::untilEpochNanos)
            .thenComparingInt(block -> block.target().family())
            .thenComparingLong(block -> block.target().hi())
            .thenComparingLong(block -> block.target().lo())
            .thenComparingInt(block -> block.target().prefixLength());

    /** Takes a copy of the ports. */
    public ActiveBlock {
        ports = List.copyOf(ports);
    }

    @Override
    public int compareTo(ActiveBlock other) {
        return BY_END.compare(this, other);
    }

    /** Whether it has no end. */
    public boolean isEndless() {
        return untilEpochNanos == Long.MAX_VALUE;
    }

    /** Whether nothing speaks for it but one probe, which anybody could have forged: in need of room it goes first. */
    public boolean restsOnOneProbe() {
        return !origin.reason().isByHand() && ports.size() <= 1;
    }

    /** The same block with the beginning, the count and the ports of the one that it renews. */
    ActiveBlock renewing(ActiveBlock older) {
        return new ActiveBlock(target, origin, older.sinceEpochNanos, untilEpochNanos, older.times, older.ports,
                inFirewall);
    }

    /** The same block with other times, when the clock has been set. */
    ActiveBlock shifted(long nanos) {
        return new ActiveBlock(target, origin, sinceEpochNanos + nanos,
                isEndless() ? untilEpochNanos : untilEpochNanos + nanos, times, ports, inFirewall);
    }

    /** The same block with one more port; itself when it has the port already, or has no more room. */
    ActiveBlock with(ProbedPort port) {
        if (ports.size() >= Limits.BLOCK_PORTS || ports.contains(port)) {
            return this;
        }
        List<ProbedPort> more = new ArrayList<>(ports);
        more.add(port);
        return new ActiveBlock(target, origin, sinceEpochNanos, untilEpochNanos, times, more, inFirewall);
    }
}
