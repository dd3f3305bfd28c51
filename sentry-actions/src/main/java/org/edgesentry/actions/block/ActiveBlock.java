package org.edgesentry.actions.block;

import java.util.Comparator;
import org.edgesentry.core.net.Cidr;

/**
 * One block that is in force. Ordered by its end.
 *
 * <p>Thread: immutable.
 *
 * @param target what is dropped
 * @param source the address whose probe led to it
 * @param name the source's name; the address itself where none is known
 * @param sinceEpochNanos when it was first made
 * @param untilEpochNanos when it ends; {@link Long#MAX_VALUE} without end
 * @param protocol IP protocol number of the probe
 * @param port port of the probe
 * @param inFirewall whether the firewall drops it; else KILL_RUN_CMD or hosts.deny is all that was done
 */
public record ActiveBlock(Cidr target, Cidr source, String name, long sinceEpochNanos, long untilEpochNanos,
                          int protocol, int port, boolean inFirewall) implements Comparable<ActiveBlock> {

    private static final Comparator<ActiveBlock> BY_END = Comparator.comparingLong(ActiveBlock::untilEpochNanos)
            .thenComparingInt(block -> block.target().family())
            .thenComparingLong(block -> block.target().hi())
            .thenComparingLong(block -> block.target().lo())
            .thenComparingInt(block -> block.target().prefixLength());

    @Override
    public int compareTo(ActiveBlock other) {
        return BY_END.compare(this, other);
    }

    /** The same block with the beginning of the one that it renews. */
    ActiveBlock renewing(ActiveBlock older) {
        return new ActiveBlock(target, source, name, older.sinceEpochNanos, untilEpochNanos, protocol, port,
                inFirewall);
    }
}
