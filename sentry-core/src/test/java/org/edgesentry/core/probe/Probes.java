package org.edgesentry.core.probe;

import org.edgesentry.core.net.Cidr;
import org.edgesentry.core.net.CidrParser;
import org.edgesentry.core.net.IpProtocol;
import org.edgesentry.core.net.TcpFlags;

/** Makes probe events for tests. */
public final class Probes {

    /** A time of day in the tests: 2026-11-22T10:15:30Z. */
    public static final long NOON = 1_795_342_530_000_000_000L;
    /** One second. */
    public static final long SECOND = 1_000_000_000L;

    private Probes() {
    }

    /** A SYN from an address to a port of 192.0.2.1 or 2001:db8::1. */
    public static ProbeEvent syn(String source, int port, long epochNanos) {
        return tcp(source, port, TcpFlags.SYN, epochNanos);
    }

    /** A TCP packet with any flags. */
    public static ProbeEvent tcp(String source, int port, int flags, long epochNanos) {
        ProbeEvent event = packet(source, IpProtocol.TCP, port, epochNanos);
        event.tcpFlags = flags;
        return event;
    }

    /** A packet of any protocol; its identity is new with every call. */
    public static ProbeEvent packet(String source, int protocol, int port, long epochNanos) {
        ProbeEvent event = new ProbeEvent();
        Cidr from = CidrParser.parse(source);
        Cidr to = CidrParser.parse(from.family() == 4 ? "192.0.2.1" : "2001:db8::1");
        event.epochNanos = epochNanos;
        event.family = from.family();
        event.sourceHi = from.hi();
        event.sourceLo = from.lo();
        event.destinationHi = to.hi();
        event.destinationLo = to.lo();
        event.protocol = protocol;
        event.sourcePort = 40_000;
        event.destinationPort = port;
        event.identity = System.identityHashCode(event);
        return event;
    }
}
