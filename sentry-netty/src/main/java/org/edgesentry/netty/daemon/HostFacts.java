package org.edgesentry.netty.daemon;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.stream.Stream;
import org.apache.logging.log4j.Logger;
import org.edgesentry.core.net.AddressFamily;
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
 * @param broadcast first and last address of the IPv4 networks that this host is in
 * @param gateways default gateways
 * @param resolvers name servers
 * @param open ports that local services have open
 * @param ephemeral ports that the kernel lends to outgoing traffic
 * @param problems what could not be read, a line each
 */
record HostFacts(List<Cidr> own, List<Cidr> broadcast, List<Cidr> gateways, List<Cidr> resolvers, OpenPorts open,
                 PortSet ephemeral, List<String> problems) {

    static HostFacts read() {
        List<String> problems = new ArrayList<>();
        LocalAddresses local = take(LocalAddresses.read(), problems);
        return new HostFacts(
                local.addresses(),
                local.networks().stream().flatMap(HostFacts::ends).toList(),
                take(Gateways.read(), problems),
                take(Resolvers.read(), problems),
                take(OpenPorts.read(), problems),
                ports(take(EphemeralRange.read(), problems)),
                List.copyOf(problems));
    }

    /** Addresses that nobody else can send from. */
    List<Cidr> nobodyElses() {
        List<Cidr> all = new ArrayList<>(own);
        all.addAll(broadcast);
        return all;
    }

    /** Of networks with room for them; a /31 or a /32 has none (RFC 3021). */
    private static Stream<Cidr> ends(Cidr network) {
        if (network.family() != AddressFamily.IPV4 || network.prefixLength() > 30) {
            return Stream.empty();
        }
        long hostBits = (1L << 32 - network.prefixLength()) - 1;
        return Stream.of(Cidr.ofAddress(AddressFamily.IPV4, 0, network.lo()),
                Cidr.ofAddress(AddressFamily.IPV4, 0, network.lo() | hostBits));
    }

    /** Everything that a block must not reach. */
    List<Cidr> neverBlocked() {
        List<Cidr> all = new ArrayList<>(own);
        all.addAll(dependedOn());
        return all;
    }

    /** Other hosts that this one cannot do without. */
    List<Cidr> dependedOn() {
        List<Cidr> all = new ArrayList<>(gateways);
        all.addAll(resolvers);
        return all;
    }

    void announce(Logger log) {
        problems.forEach(problem -> log.warn("{}", problem));
        if (own.stream().allMatch(HostFacts::isLoopback)) {
            log.warn("This host has no address yet but loopback: start again once it has, since addresses are read"
                    + " at the start");
        }
        log.info("Never blocked: own addresses {}, default gateways {}, resolvers {}", own, gateways, resolvers);
    }

    private static boolean isLoopback(Cidr address) {
        return address.family() == AddressFamily.IPV4 ? address.lo() >>> 24 == 127
                : address.hi() == 0 && address.lo() == 1;
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
