package org.edgesentry.netty.trap;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.edgesentry.core.net.AddressFamily;
import org.edgesentry.core.net.Cidr;
import org.edgesentry.core.net.PrefixMask;
import org.edgesentry.core.time.WallClock;

/**
 * Connections of traps that stay open for a while, with a bound on all of them and on those of one source (an IPv4
 * address or an IPv6 /64). When a bound is reached, the oldest gives way.
 *
 * <p>Thread: the traps' event loop.
 */
final class HeldConnections {

    private static final int IPV6_SOURCE_BITS = 64;

    private final int mostOfOneSource;
    private final long longestNanos;
    private final WallClock clock;
    /** Oldest first. */
    private final Map<HeldConnection, Holding> held = new LinkedHashMap<>();
    private final Map<Cidr, Set<HeldConnection>> bySource = new HashMap<>();
    private int most;

    /**
     * Holds nothing yet.
     *
     * @param most in all
     * @param longestNanos after this long a connection is ended
     */
    HeldConnections(int most, int mostOfOneSource, long longestNanos, WallClock clock) {
        this.most = most;
        this.mostOfOneSource = mostOfOneSource;
        this.longestNanos = longestNanos;
        this.clock = clock;
    }

    /** Since when a connection is held, and of whom. */
    private record Holding(Cidr source, long sinceEpochNanos) {
    }

    /** Lowers or raises the bound on all. */
    void bound(int newMost) {
        most = newMost;
        giveWay();
    }

    int bound() {
        return most;
    }

    int size() {
        return held.size();
    }

    /** Holds a connection until it gives way, its time is up, or it is forgotten. */
    void hold(HeldConnection connection, Cidr from) {
        Cidr source = key(from);
        held.put(connection, new Holding(source, clock.epochNanos()));
        Set<HeldConnection> ofSource = bySource.computeIfAbsent(source, any -> new LinkedHashSet<>(2));
        ofSource.add(connection);
        if (ofSource.size() > mostOfOneSource) {
            end(ofSource.iterator().next());
        }
        giveWay();
    }

    /** The connection has ended by itself; one that is not held is passed over. */
    void forget(HeldConnection connection) {
        Holding holding = held.remove(connection);
        if (holding != null) {
            Set<HeldConnection> ofSource = bySource.get(holding.source());
            ofSource.remove(connection);
            if (ofSource.isEmpty()) {
                bySource.remove(holding.source());
            }
        }
    }

    /** Ends those whose time is up; to be called about once a second. */
    void sweep() {
        long now = clock.epochNanos();
        while (!held.isEmpty()) {
            Map.Entry<HeldConnection, Holding> oldest = held.entrySet().iterator().next();
            if (now - oldest.getValue().sinceEpochNanos() < longestNanos) {
                return;
            }
            end(oldest.getKey());
        }
    }

    void endAll() {
        bound(0);
    }

    private void giveWay() {
        while (held.size() > most) {
            end(held.keySet().iterator().next());
        }
    }

    private void end(HeldConnection connection) {
        forget(connection);
        connection.end();
    }

    private static Cidr key(Cidr source) {
        return source.family() == AddressFamily.IPV4 ? source
                : new Cidr(source.family(), PrefixMask.hi(source.family(), source.hi(), IPV6_SOURCE_BITS), 0,
                        IPV6_SOURCE_BITS);
    }
}
