package org.edgesentry.core.net;

/** Clears the host bits of an address that is held as two longs. Thread: any; allocates nothing. */
public final class PrefixMask {

    private PrefixMask() {
    }

    /** The upper 64 bits of the network that the prefix length cuts out. */
    public static long hi(int family, long hi, int prefixLength) {
        return family == AddressFamily.IPV4 ? 0 : keepUpper(hi, Math.min(prefixLength, 64));
    }

    /** The lower 64 bits of the network that the prefix length cuts out. */
    public static long lo(int family, long lo, int prefixLength) {
        return family == AddressFamily.IPV4
                ? lo & 0xFFFF_FFFFL & keepUpper(-1L, 32 + prefixLength)
                : keepUpper(lo, Math.max(prefixLength - 64, 0));
    }

    /** Whether the address is the network address of its prefix: no bit behind the prefix is set. */
    public static boolean isNetwork(int family, long hi, long lo, int prefixLength) {
        return hi(family, hi, prefixLength) == hi && lo(family, lo, prefixLength) == lo;
    }

    private static long keepUpper(long value, int bits) {
        return bits == 0 ? 0 : value & -1L << (64 - bits);
    }
}
