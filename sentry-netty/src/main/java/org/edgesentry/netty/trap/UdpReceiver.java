package org.edgesentry.netty.trap;

import java.util.Optional;
import org.edgesentry.core.net.IpProtocol;

/** Publishes what UDP traps receive, and answers where that is allowed. Thread: the traps' event loop. */
final class UdpReceiver {

    private final Datagram datagram = new Datagram();
    private final TrapProbe probe;
    private final Optional<UdpGreeting> greeting;

    UdpReceiver(TrapProbe probe, Optional<UdpGreeting> greeting) {
        this.probe = probe;
        this.greeting = greeting;
    }

    /** Deals with the next datagram of a socket; false when there is none. An ICMP error on it is passed over. */
    boolean receive(int fd, boolean steered) {
        if (!datagram.receive(fd)) {
            return false;
        }
        if (datagram.isComplete() && probe.watches(IpProtocol.UDP, datagram.destination().port())) {
            probe.publish(datagram);
            if (greeting.isPresent()) {
                greeting.get().answer(fd, steered, datagram);
            }
        }
        return true;
    }
}
