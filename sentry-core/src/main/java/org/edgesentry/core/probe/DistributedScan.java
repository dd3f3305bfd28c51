package org.edgesentry.core.probe;

import java.util.List;
import org.edgesentry.core.net.Cidr;

/**
 * Many sources that act as one: each sends too little to be judged, together they scan. Rare, so it is an object of its
 * own and not a part of every event.
 *
 * <p>Thread: immutable.
 *
 * @param protocol IP protocol number
 * @param port the port that all of them ask for, 0 when they share the ports of one host among them
 * @param family {@link org.edgesentry.core.net.AddressFamily} of the target: 4 or 6
 * @param targetHi address of the one host that all of them ask, upper 64 bits; 0 where there are many hosts
 * @param targetLo the same, lower 64 bits
 * @param sources how many sources; an estimate when there were many
 * @param hosts how many hosts were asked; an estimate when there were many
 * @param ports how many ports were asked for; an estimate when there were many
 * @param contacts contacts that failed
 * @param firstNanos the first of them, nanoseconds since the epoch
 * @param lastNanos the last of them, nanoseconds since the epoch
 * @param prefixes networks with a sixteenth of the sources or more, the largest share first; empty when from everywhere
 */
public record DistributedScan(int protocol, int port, int family, long targetHi, long targetLo, int sources, int hosts,
                              int ports, int contacts, long firstNanos, long lastNanos, List<Cidr> prefixes) {
}
