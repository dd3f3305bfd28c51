package org.edgesentry.core.net;

/**
 * A network prefix, or a single address when the prefix is as long as the address. Bits behind the prefix are zero.
 *
 * <p>Thread: immutable.
 *
 * @param family {@link AddressFamily#IPV4} or {@link AddressFamily#IPV6}
 * @param hi upper 64 bits; 0 for IPv4
 * @param lo lower 64 bits; the 32 address bits for IPv4
 * @param prefixLength 0 to 32 or 0 to 128
 */
public record Cidr(int family, long hi, long lo, int prefixLength) {

    /** Clears the bits behind the prefix, so that equal networks are equal records. */
    public Cidr {
        if (family != AddressFamily.IPV4 && family != AddressFamily.IPV6) {
            throw new IllegalArgumentException("no such address family: " + family);
        }
        if (prefixLength < 0 || prefixLength > AddressFamily.bits(family)) {
            throw new IllegalArgumentException("no such prefix length: " + prefixLength);
        }
        hi = PrefixMask.hi(family, hi, prefixLength);
        lo = PrefixMask.lo(family, lo, prefixLength);
    }

    /** The prefix that holds this one address only. */
    public static Cidr ofAddress(int family, long hi, long lo) {
        return new Cidr(family, hi, lo, AddressFamily.bits(family));
    }

    /** Whether this is one single address. */
    public boolean isSingleAddress() {
        return prefixLength == AddressFamily.bits(family);
    }

    /** Whether the address lies inside this prefix. */
    public boolean contains(int otherFamily, long otherHi, long otherLo) {
        return otherFamily == family
                && PrefixMask.hi(family, otherHi, prefixLength) == hi
                && PrefixMask.lo(family, otherLo, prefixLength) == lo;
    }

    /** Written out, because what the compiler makes is linked at run time, which is milliseconds of a start. */
    @Override
    public boolean equals(Object other) {
        return other instanceof Cidr cidr && cidr.family == family && cidr.prefixLength == prefixLength
                && cidr.hi == hi && cidr.lo == lo;
    }

    @Override
    public int hashCode() {
        return 31 * Long.hashCode(31 * hi + lo) + prefixLength;
    }

    /** {@code 192.0.2.7} for a single address, {@code 2001:db8::/64} for a network. */
    @Override
    public String toString() {
        String address = AddressText.format(family, hi, lo);
        return isSingleAddress() ? address : address + "/" + prefixLength;
    }
}
