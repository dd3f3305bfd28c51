package org.edgesentry.netty.capture;

import java.util.Optional;
import org.edgesentry.core.net.PortSet;
import org.edgesentry.netty.host.EphemeralRange;

/**
 * What the kernel is to hand over: probes of these ports, our own questions that answers must not be mistaken for
 * probes of, and what nobody but a scanner sends, whatever the port. The TCP traps hold for SCTP as well.
 *
 * <p>A filter may let more through than it names, never less; the classifier judges exactly.
 *
 * <p>Thread: immutable.
 *
 * @param tcpPorts trap ports of TCP and SCTP
 * @param udpPorts trap ports of UDP
 * @param udpQuestions UDP source ports whose outgoing datagrams are handed over too
 * @param ephemeral ports of our own TCP connections: segments with ACK to them are answers and stay in the kernel; when
 *         given, a SYN that this host sends from a TCP trap elsewhere is handed over too: what answers it is no probe
 * @param gateway whether answers of hosts behind this one are handed over too: what becomes of a probe shows in them
 */
public record TrapFilter(PortSet tcpPorts, PortSet udpPorts, PortSet udpQuestions, Optional<EphemeralRange> ephemeral,
                         boolean gateway) {

    /** Probes alone, on a host that asks nothing. */
    public TrapFilter(PortSet tcpPorts, PortSet udpPorts) {
        this(tcpPorts, udpPorts, PortSet.EMPTY, Optional.empty(), false);
    }

    /** Whether connections that this host opens from trap ports are handed over. */
    public boolean showsOpenings() {
        return ephemeral.isPresent() && !tcpPorts.isEmpty();
    }

    /** Whether anything that this host sends is handed over. */
    public boolean showsOutgoing() {
        return showsOpenings() || !udpQuestions.isEmpty();
    }
}
