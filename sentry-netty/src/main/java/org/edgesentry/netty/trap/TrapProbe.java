package org.edgesentry.netty.trap;

import java.net.InetSocketAddress;
import org.edgesentry.core.net.Cidr;
import org.edgesentry.core.net.CidrParser;
import org.edgesentry.core.net.IpProtocol;
import org.edgesentry.core.net.PortSet;
import org.edgesentry.core.probe.ProbeEvent;
import org.edgesentry.core.probe.ProbePublisher;
import org.edgesentry.core.probe.ProbeSource;
import org.edgesentry.core.time.WallClock;

/** Publishes what the traps caught. Thread: the traps' event loop. */
final class TrapProbe {

    private final ProbePublisher publisher;
    private final WallClock clock;
    private PortSet tcpPorts = PortSet.EMPTY;
    private PortSet udpPorts = PortSet.EMPTY;

    TrapProbe(ProbePublisher publisher, WallClock clock) {
        this.publisher = publisher;
        this.clock = clock;
    }

    /** The trap ports from now on. */
    void watch(PortSet tcp, PortSet udp) {
        tcpPorts = tcp;
        udpPorts = udp;
    }

    /** Whether this is a trap: the listener behind a steering rule has a port of its own, which is none. */
    boolean watches(int protocol, int port) {
        return (protocol == IpProtocol.TCP ? tcpPorts : udpPorts).contains(port);
    }

    /** A connection. */
    void publish(Cidr from, InetSocketAddress source, InetSocketAddress trap) {
        Cidr to = addressOf(trap);
        ProbeEvent event = begin(IpProtocol.TCP, from.family());
        event.sourceHi = from.hi();
        event.sourceLo = from.lo();
        event.destinationHi = to.hi();
        event.destinationLo = to.lo();
        event.sourcePort = source.getPort();
        event.destinationPort = trap.getPort();
        event.identity = source.getPort();
        publisher.publish();
    }

    /** A datagram; allocates nothing. */
    void publish(Datagram datagram) {
        ProbeEvent event = begin(IpProtocol.UDP, datagram.source().family());
        event.sourceHi = datagram.source().hi();
        event.sourceLo = datagram.source().lo();
        event.destinationHi = datagram.destination().hi();
        event.destinationLo = datagram.destination().lo();
        event.sourcePort = datagram.source().port();
        event.destinationPort = datagram.destination().port();
        event.identity = datagram.source().port();
        publisher.publish();
    }

    private ProbeEvent begin(int protocol, int family) {
        ProbeEvent event = publisher.begin();
        event.seenBy = ProbeSource.TRAP;
        event.epochNanos = clock.epochNanos();
        event.family = family;
        event.protocol = protocol;
        return event;
    }

    static Cidr addressOf(InetSocketAddress address) {
        byte[] bytes = address.getAddress().getAddress();
        return CidrParser.ofBytes(bytes, bytes.length * Byte.SIZE);
    }
}
