package org.edgesentry.core.detect;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.edgesentry.core.net.AddressFamily;
import org.edgesentry.core.net.Cidr;

/**
 * Where the sources of a scan are: counts their networks at two lengths, /16 and /24 of IPv4, /32 and /48 of IPv6 (what
 * a provider gets, and what a site gets), and names those that hold a telling share.
 *
 * <p>Thread: pipeline only; allocates when asked for its finding only.
 */
final class SourceNetworks {

    /** A sixteenth of all sources: random ones put less than a hundredth into any /16 of IPv4. */
    private static final int TELLING_PART = 16;
    /** Fewer sources than that tell nothing, whatever their share. */
    private static final int FEWEST = 3;
    private static final int MOST_NAMED = 8;

    private final FrequentNetworks longer = new FrequentNetworks();
    private final FrequentNetworks shorter = new FrequentNetworks();
    private int sources;

    private record Share(Cidr network, int sources) {
    }

    /** Counts one source. */
    void add(int family, long hi, long lo) {
        sources++;
        longer.add(family == AddressFamily.IPV4 ? lo >>> 8 : hi >>> 16);
        shorter.add(family == AddressFamily.IPV4 ? lo >>> 16 : hi >>> 32);
    }

    void clear() {
        longer.clear();
        shorter.clear();
        sources = 0;
    }

    /** The longest networks with a telling share of the sources, the largest share first. */
    List<Cidr> telling(int family) {
        List<Share> shares = new ArrayList<>();
        for (int place = 0; place < FrequentNetworks.PLACES; place++) {
            if (isTelling(longer.count(place))) {
                shares.add(new Share(longerNetwork(family, longer.network(place)), longer.count(place)));
            }
        }
        int sites = shares.size();
        for (int place = 0; place < FrequentNetworks.PLACES; place++) {
            Cidr network = shorterNetwork(family, shorter.network(place));
            int others = shorter.count(place) - named(network, shares.subList(0, sites));
            if (isTelling(others)) {
                shares.add(new Share(network, others));
            }
        }
        return shares.stream().sorted(Comparator.comparingInt(Share::sources).reversed()).limit(MOST_NAMED)
                .map(Share::network).toList();
    }

    private boolean isTelling(int count) {
        return count >= FEWEST && count * TELLING_PART >= sources;
    }

    /** Sources of the network that longer networks account for already. */
    private static int named(Cidr network, List<Share> sites) {
        return sites.stream()
                .filter(site -> network.contains(site.network.family(), site.network.hi(), site.network.lo()))
                .mapToInt(Share::sources).sum();
    }

    private static Cidr longerNetwork(int family, long network) {
        return family == AddressFamily.IPV4 ? new Cidr(family, 0, network << 8, 24)
                : new Cidr(family, network << 16, 0, 48);
    }

    private static Cidr shorterNetwork(int family, long network) {
        return family == AddressFamily.IPV4 ? new Cidr(family, 0, network << 16, 16)
                : new Cidr(family, network << 32, 0, 32);
    }
}
