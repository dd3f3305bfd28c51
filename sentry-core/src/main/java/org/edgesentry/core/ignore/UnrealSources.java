package org.edgesentry.core.ignore;

import java.util.List;
import org.edgesentry.core.net.CidrParser;
import org.edgesentry.core.net.PrefixMap;

/**
 * Source addresses that no packet from outside can truly have: unspecified, loopback, multicast, reserved and broadcast
 * (RFC 1122 3.2.1.3, RFC 4291 2.5 and 2.7, RFC 6890). Thread: immutable.
 */
final class UnrealSources {

    private static final PrefixMap PREFIXES = PrefixMap.of(List.of(
                    "0.0.0.0/8", "127.0.0.0/8", "224.0.0.0/4", "240.0.0.0/4", "::", "::1", "ff00::/8")
            .stream().map(CidrParser::parse).toList());

    private UnrealSources() {
    }

    static boolean contains(int family, long hi, long lo) {
        return PREFIXES.contains(family, hi, lo);
    }
}
