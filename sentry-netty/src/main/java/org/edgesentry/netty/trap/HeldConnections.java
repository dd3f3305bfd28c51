package org.edgesentry.netty.trap;

import io.netty.channel.Channel;
import java.util.HashMap;
import java.util.Iterator;
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
    private final Map<Channel, Long> heldSince = new LinkedHashMap<>();
    private final Map<Cidr, Set<Channel>> bySource = new HashMap<>();
    private int most;

    /**
     * Holds nothing yet.
     *
     * @param most in all
     * @param longestNanos after this long a connection is closed
     */
    HeldConnections(int most, int mostOfOneSource, long longestNanos, WallClock clock) {
        this.most = most;
        this.mostOfOneSource = mostOfOneSource;
        this.longestNanos = longestNanos;
        this.clock = clock;
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
        return heldSince.size();
    }

    /** Holds a connection until it is closed, by whomever. */
    void hold(Channel connection, Cidr source) {
        Cidr key = key(source);
        Set<Channel> ofSource = bySource.computeIfAbsent(key, any -> new LinkedHashSet<>(2));
        ofSource.add(connection);
        heldSince.put(connection, clock.epochNanos());
        connection.closeFuture().addListener(closed -> forget(connection, key));
        if (ofSource.size() > mostOfOneSource) {
            end(ofSource.iterator().next());
        }
        giveWay();
    }

    private void giveWay() {
        while (heldSince.size() > most) {
            end(heldSince.keySet().iterator().next());
        }
    }

    /** Ends those whose time is up; to be called about once a second. */
    void sweep() {
        long now = clock.epochNanos();
        for (Iterator<Map.Entry<Channel, Long>> each = heldSince.entrySet().iterator(); each.hasNext();) {
            Map.Entry<Channel, Long> entry = each.next();
            if (now - entry.getValue() < longestNanos) {
                return;
            }
            each.remove();
            entry.getKey().close();
        }
    }

    void closeAll() {
        while (!heldSince.isEmpty()) {
            end(heldSince.keySet().iterator().next());
        }
    }

    private void end(Channel connection) {
        heldSince.remove(connection);
        connection.close();
    }

    private void forget(Channel connection, Cidr key) {
        heldSince.remove(connection);
        Set<Channel> ofSource = bySource.get(key);
        if (ofSource != null && ofSource.remove(connection) && ofSource.isEmpty()) {
            bySource.remove(key);
        }
    }

    private static Cidr key(Cidr source) {
        return source.family() == AddressFamily.IPV4 ? source
                : new Cidr(source.family(), PrefixMask.hi(source.family(), source.hi(), IPV6_SOURCE_BITS), 0,
                        IPV6_SOURCE_BITS);
    }
}
