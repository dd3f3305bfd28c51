package org.edgesentry.core.host;

import java.util.List;
import org.edgesentry.core.net.AddressFamily;
import org.edgesentry.core.net.Cidr;
import org.edgesentry.core.net.PrefixMap;
import org.edgesentry.core.net.PrefixMask;

/**
 * Decides what counts as one host: an IPv4 address, or the prefix that stands for one IPv6 attacker. A prefix that
 * holds a protected address (a scanner on our own /64) is not taken as a whole: there each address is a host.
 *
 * <p>Thread: immutable; allocates nothing once made.
 */
public final class HostKey {

    private final int ipv6Prefix;
    private final PrefixMap shared;

    /**
     * Makes the rule.
     *
     * @param ipv6Prefix BLOCK_IPV6_PREFIX
     * @param protectedAddresses addresses that a block must never cover
     */
    public HostKey(int ipv6Prefix, List<Cidr> protectedAddresses) {
        this.ipv6Prefix = ipv6Prefix;
        this.shared = PrefixMap.of(sharedPrefixes(ipv6Prefix, protectedAddresses));
    }

    /** The IPv6 prefixes that are not taken as a whole. */
    public static List<Cidr> sharedPrefixes(int ipv6Prefix, List<Cidr> protectedAddresses) {
        return protectedAddresses.stream()
                .filter(address -> address.family() == AddressFamily.IPV6)
                .map(address -> new Cidr(AddressFamily.IPV6, address.hi(), address.lo(),
                        Math.min(ipv6Prefix, address.prefixLength())))
                .distinct().toList();
    }

    /** How many leading bits of this source stand for the host. */
    public int prefixLength(int family, long hi, long lo) {
        if (family == AddressFamily.IPV4) {
            return 32;
        }
        return shared.contains(family, hi, lo) ? 128 : ipv6Prefix;
    }

    /** Upper half of the host table's key for a source. */
    long keyHi(int family, long hi, int prefixLength) {
        return PrefixMask.hi(family, hi, prefixLength);
    }

    /** Lower half of the key; IPv4 stands as IPv4-mapped IPv6. */
    long keyLo(int family, long lo, int prefixLength) {
        return AddressFamily.commonLo(family, PrefixMask.lo(family, lo, prefixLength));
    }

    /** Whether a key stands for an IPv4 host. */
    static boolean isIpv4(long keyHi, long keyLo) {
        return keyHi == 0 && keyLo >>> 32 == 0xFFFF;
    }
}
