package org.edgesentry.core.ignore;

import java.util.stream.Stream;
import org.edgesentry.core.net.AddressFamily;
import org.edgesentry.core.net.CidrParser;
import org.edgesentry.core.net.PrefixMap;

/**
 * Source addresses that no packet from outside can truly have: unspecified, loopback, multicast, reserved and broadcast
 * (RFC 1122 3.2.1.3, RFC 4291 2.5 and 2.7, RFC 6890), and IPv6 addresses that stand for an IPv4 one, which would have
 * readers of the log act against that. Thread: immutable.
 */
final class UnrealSources {

    private static final PrefixMap PREFIXES =
            prefixes("0.0.0.0/8", "127.0.0.0/8", "224.0.0.0/4", "240.0.0.0/4", "ff00::/8");
    private static final PrefixMap LOOPBACK = prefixes("127.0.0.0/8", "::1");

    private UnrealSources() {
    }

    static boolean contains(int family, long hi, long lo) {
        return PREFIXES.contains(family, hi, lo) || family == AddressFamily.IPV6 && hi == 0 && standsForIpv4(lo);
    }

    /** The host's way to itself: real there, and nowhere else. */
    static boolean isLoopback(int family, long hi, long lo) {
        return LOOPBACK.contains(family, hi, lo);
    }

    private static PrefixMap prefixes(String... networks) {
        return PrefixMap.of(Stream.of(networks).map(CidrParser::parse).toList());
    }

    /** IPv4-compatible and IPv4-mapped addresses, the unspecified and the loopback address among them. */
    private static boolean standsForIpv4(long lo) {
        long marker = lo >>> 32;
        return marker == 0 || marker == 0xFFFF;
    }
}
