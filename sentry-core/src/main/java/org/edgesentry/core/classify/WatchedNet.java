package org.edgesentry.core.classify;

import org.edgesentry.core.net.IpProtocol;
import org.edgesentry.core.net.PortSet;
import org.edgesentry.core.net.PrefixMap;
import org.edgesentry.core.probe.ProbeEvent;

/**
 * What the sensor watches: which ports of which addresses are traps, and which may be this host's own affair.
 *
 * <p>Thread: immutable.
 *
 * @param home addresses whose traps are watched
 * @param own those of them that are this host's: only there a local socket may take a packet
 * @param broadcast addresses that stand for all hosts of a network that this host is in
 * @param tcpTraps trap ports of TCP and SCTP
 * @param udpTraps trap ports of UDP
 * @param ephemeral ports that the kernel gives to this host's own connections (ip_local_port_range)
 */
public record WatchedNet(PrefixMap home, PrefixMap own, PrefixMap broadcast, PortSet tcpTraps, PortSet udpTraps,
                         PortSet ephemeral) {

    /** Whether what a packet asks for is a trap, whoever may use it now. */
    boolean isTrap(ProbeEvent event) {
        return (event.protocol == IpProtocol.UDP ? udpTraps : tcpTraps).contains(event.destinationPort);
    }

    /** Whether hosts other than this one are watched: behind a gateway, or in a capture file. */
    boolean hasNetwork() {
        return home.size() > own.size();
    }
}
