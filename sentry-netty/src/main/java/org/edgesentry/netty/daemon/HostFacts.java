package org.edgesentry.netty.daemon;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.logging.log4j.Logger;
import org.edgesentry.core.limits.Limits;
import org.edgesentry.core.net.Cidr;
import org.edgesentry.core.net.PortSet;
import org.edgesentry.netty.host.EphemeralRange;
import org.edgesentry.netty.host.HostView;
import org.edgesentry.netty.host.Reading;

/**
 * What the daemon must know of its host. Thread: immutable.
 *
 * @param view where it stands in the network
 * @param ephemeral ports that the kernel lends to outgoing traffic
 */
record HostFacts(HostView view, EphemeralRange ephemeral) {

    /** The facts now; what cannot be read is said. */
    static HostFacts read(Logger log) {
        List<String> problems = new ArrayList<>();
        HostFacts facts = new HostFacts(take(HostView.read(), problems), take(EphemeralRange.read(), problems));
        problems.forEach(problem -> log.warn("{}", problem));
        return facts;
    }

    /** The host as it stands in the network now. */
    HostFacts with(HostView newer) {
        return new HostFacts(newer, ephemeral);
    }

    PortSet ephemeralPorts() {
        return PortSet.range(ephemeral.first(), ephemeral.last());
    }

    boolean isIpv6InUse() {
        return view.isIpv6InUse();
    }

    /** Everything that a block must not reach. */
    List<Cidr> neverBlocked() {
        return view.neverBlocked();
    }

    void announce(Logger log) {
        if (!view.isReachable()) {
            log.warn("This host has no address yet but loopback; scans are seen once it has");
        }
        log.info("{}", protection());
    }

    /** Who is never blocked, in words. */
    String protection() {
        return "Never blocked: own addresses " + view.own() + ", default gateways " + view.gateways() + ", resolvers "
                + view.resolvers() + ", logged-in users at [" + users() + "]";
    }

    private String users() {
        int shown = Math.min(view.sessions().size(), Limits.SESSIONS_SHOWN);
        int more = view.sessions().size() - shown;
        return view.sessions().stream().limit(shown).map(Cidr::toString).collect(Collectors.joining(", "))
                + (more > 0 ? " and " + more + " more" : "");
    }

    private static <T> T take(Reading<T> reading, List<String> problems) {
        problems.addAll(reading.problems());
        return reading.value();
    }
}
