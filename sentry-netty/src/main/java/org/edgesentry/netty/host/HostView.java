package org.edgesentry.netty.host;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;
import org.edgesentry.core.net.AddressFamily;
import org.edgesentry.core.net.Cidr;

/**
 * Where this host stands in the network at one moment: all that can change while it runs.
 *
 * <p>Thread: immutable.
 *
 * @param local its addresses and the networks on its links
 * @param gateways default gateways
 * @param resolvers name servers
 * @param sessions where users are logged in from
 * @param interfaces network interfaces
 */
public record HostView(LocalAddresses local, List<Cidr> gateways, List<Cidr> resolvers, List<Cidr> sessions,
                       Interfaces interfaces) {

    /** Before anything has been read. */
    private static final HostView NOTHING = new HostView(new LocalAddresses(List.of(), List.of()), List.of(), List.of(),
            List.of(), new Interfaces(List.of()));

    /** Takes copies. */
    public HostView {
        gateways = List.copyOf(gateways);
        resolvers = List.copyOf(resolvers);
        sessions = List.copyOf(sessions);
    }

    /** The view at this moment in this network namespace. */
    public static Reading<HostView> read() {
        return NOTHING.renewed(Sessions.ofThisMachine(), Resolvers.ofThisMachine());
    }

    /** The view now. What cannot be read at all stays as it was: better an old address than none. */
    Reading<HostView> renewed(Sessions users, Resolvers servers) {
        List<String> problems = new ArrayList<>();
        Reading<LocalAddresses> localNow = LocalAddresses.read();
        Reading<Interfaces> interfacesNow = readInterfaces();
        HostView now = new HostView(
                take(localNow, localNow.value().addresses(), local, problems),
                take(Gateways.read(), gateways, problems),
                take(servers.read(), resolvers, problems),
                take(users.read(), sessions, problems),
                take(interfacesNow, interfacesNow.value().all(), interfaces, problems));
        return new Reading<>(now, problems);
    }

    /** The view with the name servers and the logged-in users of now, of which the kernel does not tell. */
    HostView withFilesRenewed(Sessions users, Resolvers servers) {
        List<String> problems = new ArrayList<>();
        return new HostView(local, gateways, take(servers.read(), resolvers, problems),
                take(users.read(), sessions, problems), interfaces);
    }

    private static Reading<Interfaces> readInterfaces() {
        try {
            return Interfaces.read();
        } catch (LinkageError e) {
            return new Reading<>(NOTHING.interfaces, List.of("the interfaces of this machine cannot be read: "
                    + e.getMessage()));
        }
    }

    private static List<Cidr> take(Reading<List<Cidr>> now, List<Cidr> before, List<String> problems) {
        return take(now, now.value(), before, problems);
    }

    private static <T> T take(Reading<T> now, Collection<?> content, T before, List<String> problems) {
        problems.addAll(now.problems());
        return content.isEmpty() && !now.problems().isEmpty() ? before : now.value();
    }

    /** Addresses of this host. */
    public List<Cidr> own() {
        return local.addresses();
    }

    /** Addresses that nobody else can send from: our own, and both ends of the IPv4 networks that this host is in. */
    public List<Cidr> nobodyElses() {
        List<Cidr> all = new ArrayList<>(own());
        all.addAll(broadcast());
        return all;
    }

    /** First and last address of the IPv4 networks that this host is in: each stands for all hosts there. */
    public List<Cidr> broadcast() {
        return local.networks().stream().flatMap(HostView::ends).toList();
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
    public List<Cidr> neverBlocked() {
        List<Cidr> all = new ArrayList<>(own());
        all.addAll(dependedOn());
        return all;
    }

    /** Other hosts that this one, or who works on it, cannot do without. */
    public List<Cidr> dependedOn() {
        List<Cidr> all = new ArrayList<>(gateways);
        all.addAll(resolvers);
        all.addAll(sessions);
        return all;
    }

    /** Whether this host has an address that others can reach. */
    public boolean isReachable() {
        return !own().stream().allMatch(HostView::isLoopback);
    }

    /** Whether this host has an IPv6 address beside loopback. */
    public boolean isIpv6InUse() {
        return own().stream().anyMatch(address -> address.family() == AddressFamily.IPV6 && !isLoopback(address));
    }

    private static boolean isLoopback(Cidr address) {
        return address.family() == AddressFamily.IPV4 ? address.lo() >>> 24 == 127
                : address.hi() == 0 && address.lo() == 1;
    }
}
