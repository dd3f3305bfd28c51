package org.edgesentry.core.ignore;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.edgesentry.core.net.AddressFamily;
import org.edgesentry.core.net.Cidr;
import org.edgesentry.core.net.CidrParser;
import org.edgesentry.core.net.PrefixMap;

/**
 * Source addresses that no packet from outside can truly have: unspecified, loopback, multicast, reserved and broadcast
 * (RFC 1122 3.2.1.3, RFC 4291 2.5 and 2.7, RFC 6890), and IPv6 addresses that stand for an IPv4 one, which would have
 * readers of the log act against that. Thread: immutable.
 */
public final class UnrealSources {

    private static final List<Cidr> NETWORKS =
            networks("0.0.0.0/8", "127.0.0.0/8", "224.0.0.0/4", "240.0.0.0/4", "ff00::/8");
    private static final int STANDS_FOR_IPV4_BITS = 96;
    private static final PrefixMap PREFIXES = PrefixMap.of(NETWORKS);
    private static final PrefixMap LOOPBACK = PrefixMap.of(networks("127.0.0.0/8", "::1"));

    private UnrealSources() {
    }

    /** All of them. */
    public static List<Cidr> networks() {
        List<Cidr> all = new ArrayList<>(NETWORKS);
        all.add(new Cidr(AddressFamily.IPV6, 0, 0, STANDS_FOR_IPV4_BITS));
        all.add(new Cidr(AddressFamily.IPV6, 0, AddressFamily.commonLo(AddressFamily.IPV4, 0), STANDS_FOR_IPV4_BITS));
        return all;
    }

    static boolean contains(int family, long hi, long lo) {
        return PREFIXES.contains(family, hi, lo) || family == AddressFamily.IPV6 && hi == 0 && standsForIpv4(lo);
    }

    /** The host's way to itself: real there, and nowhere else. */
    static boolean isLoopback(int family, long hi, long lo) {
        return LOOPBACK.contains(family, hi, lo);
    }

    private static List<Cidr> networks(String... texts) {
        return Stream.of(texts).map(CidrParser::parse).toList();
    }

    /** IPv4-compatible and IPv4-mapped addresses, the unspecified and the loopback address among them. */
    private static boolean standsForIpv4(long lo) {
        long marker = lo >>> 32;
        return marker == 0 || marker == 0xFFFF;
    }
}
