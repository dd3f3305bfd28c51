package org.edgesentry.core.classify;

import org.edgesentry.core.net.PortSet;
import org.edgesentry.core.net.PrefixMap;

/**
 * What the sensor watches: which ports of which addresses are traps, and which ports the host may be using itself.
 *
 * <p>Thread: immutable.
 *
 * @param home addresses whose traps are watched
 * @param tcpTraps trap ports of TCP and SCTP
 * @param udpTraps trap ports of UDP
 * @param ephemeral ports that the kernel gives to this host's own outgoing traffic (ip_local_port_range)
 */
public record WatchedNet(PrefixMap home, PortSet tcpTraps, PortSet udpTraps, PortSet ephemeral) {
}
