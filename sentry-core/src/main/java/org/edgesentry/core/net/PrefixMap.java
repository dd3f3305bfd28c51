package org.edgesentry.core.net;

import java.util.List;

/**
 * Finds the longest of many prefixes that covers an address.
 *
 * <p>Prefixes nest or are apart, so they cut the address line into segments, each of which belongs to one longest
 * prefix (or to none). Built once: the segments' first addresses, sorted, and the owner of each. A look-up is one
 * binary search: 17 steps for 100,000 entries, whatever their lengths. IPv4 lies in the same line as the IPv4-mapped
 * IPv6 addresses; a prefix of one family never covers an address of the other.
 *
 * <p>Thread: immutable; {@link #find} allocates nothing.
 */
public final class PrefixMap {

    /** What {@link #find} returns when no prefix covers the address. */
    public static final int NONE = -1;

    private static final int IPV4_EIGHTHS = 256;
    private static final int IPV4_EIGHTH_SHIFT = 24;

    private final long[] segmentHi;
    private final long[] segmentLo;
    private final int[] owner;
    private final int[] ownerFamily;

    /** A bit for each /8 of IPv4 that a prefix lies in or covers: most addresses are told by this alone. */
    private final long[] ipv4Eighths = new long[IPV4_EIGHTHS / Long.SIZE];

    private PrefixMap(List<Cidr> prefixes) {
        Segments segments = new Segments(prefixes);
        this.segmentHi = segments.hi();
        this.segmentLo = segments.lo();
        this.owner = segments.owner();
        this.ownerFamily = prefixes.stream().mapToInt(Cidr::family).toArray();
        prefixes.stream().filter(prefix -> prefix.family() == AddressFamily.IPV4).forEach(this::markEighths);
    }

    /** A map of the prefixes; {@link #find} answers with their position in this list. */
    public static PrefixMap of(List<Cidr> prefixes) {
        return new PrefixMap(prefixes);
    }

    private void markEighths(Cidr prefix) {
        int first = (int) (prefix.lo() >>> IPV4_EIGHTH_SHIFT);
        int last = (int) ((prefix.lo() | 0xFFFF_FFFFL >>> prefix.prefixLength()) >>> IPV4_EIGHTH_SHIFT);
        for (int eighth = first; eighth <= last; eighth++) {
            ipv4Eighths[eighth / Long.SIZE] |= 1L << eighth;
        }
    }

    /** Position of the longest prefix that covers the address, or {@link #NONE}. */
    public int find(int family, long hi, long lo) {
        if (family == AddressFamily.IPV4
                && (ipv4Eighths[(int) (lo >>> IPV4_EIGHTH_SHIFT + 6)] >>> (lo >>> IPV4_EIGHTH_SHIFT) & 1) == 0) {
            return NONE;
        }
        long key = AddressFamily.commonLo(family, lo);
        int low = 0;
        int high = owner.length - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            if (Segments.compare(segmentHi[middle], segmentLo[middle], hi, key) <= 0) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        int found = high < 0 ? NONE : owner[high];
        return found != NONE && ownerFamily[found] == family ? found : NONE;
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
