package org.edgesentry.netty.capture;

import org.edgesentry.core.net.PortSet;

/**
 * What the kernel is to hand over: probes of these ports. The TCP traps hold for SCTP as well.
 *
 * <p>A filter may let more through than it names, never less; the classifier judges exactly.
 *
 * <p>Thread: immutable.
 *
 * @param tcpPorts trap ports of TCP and SCTP
 * @param udpPorts trap ports of UDP
 */
public record TrapFilter(PortSet tcpPorts, PortSet udpPorts) {

    /** Whether there is nothing to watch. */
    public boolean isEmpty() {
        return tcpPorts.isEmpty() && udpPorts.isEmpty();
    }
}
