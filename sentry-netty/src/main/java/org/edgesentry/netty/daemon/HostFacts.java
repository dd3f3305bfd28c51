package org.edgesentry.netty.daemon;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.apache.logging.log4j.Logger;
import org.edgesentry.core.net.Cidr;
import org.edgesentry.core.net.PortSet;
import org.edgesentry.netty.host.EphemeralRange;
import org.edgesentry.netty.host.Gateways;
import org.edgesentry.netty.host.LocalAddresses;
import org.edgesentry.netty.host.OpenPorts;
import org.edgesentry.netty.host.Reading;
import org.edgesentry.netty.host.Resolvers;

/**
 * What the daemon must know of its host, as it was at the start. Thread: immutable.
 *
 * @param own addresses of this host
 * @param gateways default gateways
 * @param resolvers name servers
 * @param open ports that local services have open
 * @param ephemeral ports that the kernel lends to outgoing traffic
 * @param problems what could not be read, a line each
 */
record HostFacts(List<Cidr> own, List<Cidr> gateways, List<Cidr> resolvers, OpenPorts open, PortSet ephemeral,
                 List<String> problems) {

    static HostFacts read() {
        List<String> problems = new ArrayList<>();
        return new HostFacts(
                take(LocalAddresses.read(), problems).addresses(),
                take(Gateways.read(), problems),
                take(Resolvers.read(), problems),
                take(OpenPorts.read(), problems),
                ports(take(EphemeralRange.read(), problems)),
                List.copyOf(problems));
    }

    /** Everything that a block must not reach. */
    List<Cidr> neverBlocked() {
        List<Cidr> all = new ArrayList<>(own);
        all.addAll(gateways);
        all.addAll(resolvers);
        return all;
    }

    void announce(Logger log) {
        problems.forEach(problem -> log.warn("{}", problem));
        log.info("Never blocked: own addresses {}, default gateways {}, resolvers {}", own, gateways, resolvers);
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
