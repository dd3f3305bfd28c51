package org.edgesentry.core.net;

import java.util.List;
import java.util.stream.IntStream;

/**
 * Finds the longest of many prefixes that covers an address.
 *
 * <p>Prefixes nest or are apart, so they cut the address line into segments, each of which belongs to one longest
 * prefix (or to none). Built once: the segments' first addresses, sorted, and the owner of each. A look-up is one
 * binary search: 17 steps for 100,000 entries, whatever their lengths. IPv4 lies in the same line as the IPv4-mapped
 * IPv6 addresses; a prefix of one family never covers an address of the other. The IPv4 part of the line has a search
 * of its own, without a branch that depends on the address: forged ones are random, and each wrong guess of the
 * processor would cost as much as several steps.
 *
 * <p>Thread: immutable; {@link #find} allocates nothing.
 */
public final class PrefixMap {

    /** What {@link #find} returns when no prefix covers the address. */
    public static final int NONE = -1;

    private static final long IPV4_MASK = 0xFFFF_FFFFL;
    private static final int IPV4_EIGHTHS = 256;
    private static final int IPV4_EIGHTH_SHIFT = 24;

    private final long[] segmentHi;
    private final long[] segmentLo;
    private final int[] owner;
    private final int[] ownerFamily;
    /** Where the segments of IPv4 begin; the first at 0. */
    private final long[] ipv4Starts;
    private final int[] ipv4Owner;

    /** A bit for each /8 of IPv4 that a prefix lies in or covers: most addresses are told by this alone. */
    private final long[] ipv4Eighths = new long[IPV4_EIGHTHS / Long.SIZE];

    private PrefixMap(List<Cidr> prefixes) {
        Segments segments = new Segments(prefixes);
        this.segmentHi = segments.hi();
        this.segmentLo = segments.lo();
        this.owner = segments.owner();
        this.ownerFamily = prefixes.stream().mapToInt(Cidr::family).toArray();
        int[] ipv4 = IntStream.range(0, owner.length).filter(this::isOfIpv4).toArray();
        this.ipv4Starts = new long[ipv4.length + 1];
        this.ipv4Owner = new int[ipv4.length + 1];
        ipv4Owner[0] = NONE;
        for (int i = 0; i < ipv4.length; i++) {
            ipv4Starts[i + 1] = segmentLo[ipv4[i]] & IPV4_MASK;
            ipv4Owner[i + 1] = ownerIn(AddressFamily.IPV4, ipv4[i]);
        }
        prefixes.stream().filter(prefix -> prefix.family() == AddressFamily.IPV4).forEach(this::markEighths);
    }

    private boolean isOfIpv4(int segment) {
        return segmentHi[segment] == 0
                && segmentLo[segment] == AddressFamily.commonLo(AddressFamily.IPV4, segmentLo[segment] & IPV4_MASK);
    }

    private int ownerIn(int family, int segment) {
        return owner[segment] != NONE && ownerFamily[owner[segment]] == family ? owner[segment] : NONE;
    }

    /** A map of the prefixes; {@link #find} answers with their position in this list. */
    public static PrefixMap of(List<Cidr> prefixes) {
        return new PrefixMap(prefixes);
    }

    private void markEighths(Cidr prefix) {
        int first = (int) (prefix.lo() >>> IPV4_EIGHTH_SHIFT);
        int last = (int) ((prefix.lo() | IPV4_MASK >>> prefix.prefixLength()) >>> IPV4_EIGHTH_SHIFT);
        for (int eighth = first; eighth <= last; eighth++) {
            ipv4Eighths[eighth / Long.SIZE] |= 1L << eighth;
        }
    }

    /** Position of the longest prefix that covers the address, or {@link #NONE}. */
    public int find(int family, long hi, long lo) {
        return family == AddressFamily.IPV4 ? findIpv4(lo) : findIpv6(hi, lo);
    }

    private int findIpv4(long address) {
        if ((ipv4Eighths[(int) (address >>> IPV4_EIGHTH_SHIFT + 6)] >>> (address >>> IPV4_EIGHTH_SHIFT) & 1) == 0) {
            return NONE;
        }
        int first = 0;
        for (int left = ipv4Starts.length; left > 1; ) {
            int half = left >>> 1;
            // All ones where the upper half does not begin behind the address, else 0.
            int goUp = (int) (ipv4Starts[first + half] - address - 1 >> Long.SIZE - 1);
            first += half & goUp;
            left -= half;
        }
        return ipv4Owner[first];
    }

    private int findIpv6(long hi, long lo) {
        int low = 0;
        int high = owner.length - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            if (Segments.compare(segmentHi[middle], segmentLo[middle], hi, lo) <= 0) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return high < 0 ? NONE : ownerIn(AddressFamily.IPV6, high);
    }

    /** Whether some prefix covers the address. */
    public boolean contains(int family, long hi, long lo) {
        return find(family, hi, lo) != NONE;
    }

    /** How many prefixes the map was made of. */
    public int size() {
        return ownerFamily.length;
    }
}
