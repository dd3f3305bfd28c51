package org.edgesentry.netty.daemon;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.apache.logging.log4j.Logger;
import org.edgesentry.core.net.Cidr;
import org.edgesentry.core.net.PortSet;
import org.edgesentry.netty.host.EphemeralRange;
import org.edgesentry.netty.host.HostView;
import org.edgesentry.netty.host.OpenPorts;
import org.edgesentry.netty.host.Reading;

/**
 * What the daemon must know of its host. Thread: immutable.
 *
 * @param view where it stands in the network
 * @param open ports that local services have open
 * @param ephemeral ports that the kernel lends to outgoing traffic
 * @param problems what could not be read, a line each
 */
record HostFacts(HostView view, OpenPorts open, PortSet ephemeral, List<String> problems) {

    static HostFacts read() {
        List<String> problems = new ArrayList<>();
        return new HostFacts(
                take(HostView.read(), problems),
                take(OpenPorts.read(), problems),
                ports(take(EphemeralRange.read(), problems)),
                List.copyOf(problems));
    }

    /** Addresses of this host. */
    List<Cidr> own() {
        return view.own();
    }

    /** Addresses that nobody else can send from. */
    List<Cidr> nobodyElses() {
        return view.nobodyElses();
    }

    /** Everything that a block must not reach. */
    List<Cidr> neverBlocked() {
        return view.neverBlocked();
    }

    /** Other hosts that this one cannot do without. */
    List<Cidr> dependedOn() {
        return view.dependedOn();
    }

    void announce(Logger log) {
        problems.forEach(problem -> log.warn("{}", problem));
        if (!view.isReachable()) {
            log.warn("This host has no address yet but loopback: start again once it has, since addresses are read"
                    + " at the start");
        }
        log.info("Never blocked: own addresses {}, default gateways {}, resolvers {}", own(), view.gateways(),
                view.resolvers());
    }

    private static <T> T take(Reading<T> reading, List<String> problems) {
        problems.addAll(reading.problems());
        return reading.value();
    }

    private static PortSet ports(EphemeralRange range) {
        BitSet bits = new BitSet();
        bits.set(range.first(), range.last() + 1);
        return PortSet.of(bits);
    }
}
