package org.edgesentry.core.hash;

import java.util.Arrays;

/**
 * {@link SipHash} of addresses, with the last ones at hand: several parts of the pipeline need the hash of the same
 * source and of the same few targets, and to find one here costs a third of making it. A table without chains; an
 * address that somebody picks to push out another costs that one the making, no more.
 *
 * <p>Thread: one only; allocates nothing once made.
 */
public final class AddressHashes {

    private static final int PLACE_BITS = 8;
    /** From the golden ratio, as in Fibonacci hashing (Knuth, TAOCP 3, 6.4). */
    private static final long MIX = 0x9E37_79B9_7F4A_7C15L;

    private final SipHash hash;
    private final long[] his = new long[1 << PLACE_BITS];
    private final long[] los = new long[1 << PLACE_BITS];
    private final long[] hashes = new long[1 << PLACE_BITS];

    /** Has hashes of this key. */
    public AddressHashes(SipHash hash) {
        this.hash = hash;
        // What every place holds at first is true as well: the address that is all zero.
        Arrays.fill(hashes, hash.hash(0, 0));
    }

    /**
     * The hash of an address.
     *
     * @param hi its upper half
     * @param lo its lower half; IPv4 stands as IPv4-mapped IPv6
     */
    public long hash(long hi, long lo) {
        int place = (int) ((lo ^ Long.rotateLeft(hi, 1)) * MIX >>> Long.SIZE - PLACE_BITS);
        if (his[place] != hi || los[place] != lo) {
            his[place] = hi;
            los[place] = lo;
            hashes[place] = hash.hash(hi, lo);
        }
        return hashes[place];
    }
}
