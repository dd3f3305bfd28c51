package org.edgesentry.netty.trap;

import java.net.InetSocketAddress;
import org.edgesentry.core.net.Cidr;
import org.edgesentry.core.net.CidrParser;
import org.edgesentry.core.probe.ProbeEvent;
import org.edgesentry.core.probe.ProbePublisher;
import org.edgesentry.core.probe.ProbeSource;
import org.edgesentry.core.time.WallClock;

/** Publishes what a trap caught. Thread: the traps' event loop. */
final class TrapProbe {

    private final ProbePublisher publisher;
    private final WallClock clock;

    TrapProbe(ProbePublisher publisher, WallClock clock) {
        this.publisher = publisher;
        this.clock = clock;
    }

    void publish(int protocol, InetSocketAddress source, InetSocketAddress trap) {
        Cidr from = addressOf(source);
        Cidr to = addressOf(trap);
        ProbeEvent event = publisher.begin();
        event.seenBy = ProbeSource.TRAP;
        event.epochNanos = clock.epochNanos();
        event.family = from.family();
        event.sourceHi = from.hi();
        event.sourceLo = from.lo();
        event.destinationHi = to.hi();
        event.destinationLo = to.lo();
        event.protocol = protocol;
        event.sourcePort = source.getPort();
        event.destinationPort = trap.getPort();
        event.identity = source.getPort();
        publisher.publish();
    }

    private static Cidr addressOf(InetSocketAddress address) {
        byte[] bytes = address.getAddress().getAddress();
        return CidrParser.ofBytes(bytes, bytes.length * Byte.SIZE);
    }
}
