package org.edgesentry.core.net;

/**
 * The two address families, as the numbers that events carry: an address in flight is a family and two longs.
 *
 * <p>IPv4: {@code hi} is 0 and {@code lo} holds the 32 bits, unsigned. IPv6: {@code hi} and {@code lo} are the upper
 * and lower 64 bits in network order.
 */
public final class AddressFamily {

    /** IPv4. */
    public static final int IPV4 = 4;
    /** IPv6. */
    public static final int IPV6 = 6;

    private static final long IPV4_MAPPED = 0xFFFF_0000_0000L;

    private AddressFamily() {
    }

    /** Number of bits of an address of the family: 32 or 128. */
    public static int bits(int family) {
        return family == IPV4 ? 32 : 128;
    }

    /** The lower half of an address where both families share one key: IPv4 stands as IPv4-mapped IPv6. */
    public static long commonLo(int family, long lo) {
        return family == IPV4 ? IPV4_MAPPED | lo : lo;
    }
}
