package org.edgesentry.core.command;

import java.util.List;
import org.edgesentry.core.net.Cidr;

/**
 * What is remembered of one host at one moment. Thread: immutable.
 *
 * @param host an address, or the prefix that stands for an IPv6 host
 * @param firstEpochNanos when it was first seen
 * @param lastEpochNanos when it was last seen
 * @param hits probes of traps, without retransmissions
 * @param ports trap ports that it has asked for, as {@code TCP/111}; not all of them where there are many
 * @param odds odds that it scans, as x to 1; 0 where nothing speaks for it yet
 * @param judged whether it was judged to scan
 * @param proven whether it has completed a TCP handshake with a trap, so that its address is not forged
 * @param block its block
 * @param blockedUntilEpochNanos when that ends, {@link Long#MAX_VALUE} without end; 0 where it is not blocked
 */
public record HostSnapshot(Cidr host, long firstEpochNanos, long lastEpochNanos, int hits, List<String> ports,
                           double odds, boolean judged, boolean proven, Block block, long blockedUntilEpochNanos) {

    /** Takes a copy of the ports. */
    public HostSnapshot {
        ports = List.copyOf(ports);
    }

    /** How far the block of a host is. */
    public enum Block {
        /** It is not to be blocked. */
        NONE,
        /** The firewall has been asked for it. */
        PENDING,
        /** It is blocked. */
        BLOCKED
    }
}
