package org.edgesentry.core.hash;

import java.security.SecureRandom;

/**
 * SipHash-1-3 over two 64-bit words: a keyed hash, so that somebody who chooses the input (a source address) cannot
 * choose the bucket.
 *
 * <p>After Aumasson and Bernstein, "SipHash: a fast short-input PRF", 2012, https://131002.net/siphash/; one
 * compression round and three finalisation rounds, the variant that hash tables use.
 *
 * <p>Thread: immutable; allocates nothing.
 */
public final class SipHash {

    private static final long INPUT_BYTES = 16L;
    private static final int FINAL_ROUNDS = 3;

    private final long key0;
    private final long key1;

    /** A hash with the given key, for tests that need the same buckets every time. */
    public SipHash(long key0, long key1) {
        this.key0 = key0;
        this.key1 = key1;
    }

    /** A hash with a key that nobody outside this process can know. */
    public static SipHash withRandomKey() {
        SecureRandom random = new SecureRandom();
        return new SipHash(random.nextLong(), random.nextLong());
    }

    /**
     * The hash of the 16 bytes that the two words hold, first word first, each little-endian. The rounds that take
     * in words stand one after the other: the compiler would leave a loop of them a loop, with branches in it.
     */
    public long hash(long first, long second) {
        long v0 = key0 ^ 0x736f6d6570736575L;
        long v1 = key1 ^ 0x646f72616e646f6dL;
        long v2 = key0 ^ 0x6c7967656e657261L;
        long v3 = key1 ^ 0x7465646279746573L ^ first;
        v0 += v1;
        v2 += v3;
        v1 = Long.rotateLeft(v1, 13) ^ v0;
        v3 = Long.rotateLeft(v3, 16) ^ v2;
        v2 += v1;
        v0 = Long.rotateLeft(v0, 32) + v3;
        v1 = Long.rotateLeft(v1, 17) ^ v2;
        v3 = Long.rotateLeft(v3, 21) ^ v0;
        v2 = Long.rotateLeft(v2, 32);
        v0 ^= first;
        v3 ^= second;
        v0 += v1;
        v2 += v3;
        v1 = Long.rotateLeft(v1, 13) ^ v0;
        v3 = Long.rotateLeft(v3, 16) ^ v2;
        v2 += v1;
        v0 = Long.rotateLeft(v0, 32) + v3;
        v1 = Long.rotateLeft(v1, 17) ^ v2;
        v3 = Long.rotateLeft(v3, 21) ^ v0;
        v2 = Long.rotateLeft(v2, 32);
        v0 ^= second;
        v3 ^= INPUT_BYTES << 56;
        v0 += v1;
        v2 += v3;
        v1 = Long.rotateLeft(v1, 13) ^ v0;
        v3 = Long.rotateLeft(v3, 16) ^ v2;
        v2 += v1;
        v0 = Long.rotateLeft(v0, 32) + v3;
        v1 = Long.rotateLeft(v1, 17) ^ v2;
        v3 = Long.rotateLeft(v3, 21) ^ v0;
        v2 = Long.rotateLeft(v2, 32);
        v0 ^= INPUT_BYTES << 56;
        v2 ^= 0xFF;
        for (int round = 0; round < FINAL_ROUNDS; round++) {
            v0 += v1;
            v2 += v3;
            v1 = Long.rotateLeft(v1, 13) ^ v0;
            v3 = Long.rotateLeft(v3, 16) ^ v2;
            v2 += v1;
            v0 = Long.rotateLeft(v0, 32) + v3;
            v1 = Long.rotateLeft(v1, 17) ^ v2;
            v3 = Long.rotateLeft(v3, 21) ^ v0;
            v2 = Long.rotateLeft(v2, 32);
        }
        return v0 ^ v1 ^ v2 ^ v3;
    }

    /**
     * A further hash of something, from one that it has and one more fact about it: as unpredictable as that hash, and
     * several times cheaper. The mixer is that of SplitMix64 (Steele, Lea and Flood, "Fast splittable pseudorandom
     * number generators", 2014): a permutation, so two facts about one thing never share a hash.
     *
     * @param keyed a keyed hash that nobody outside has seen
     */
    public static long derive(long keyed, long fact) {
        long mixed = keyed ^ fact;
        mixed = (mixed ^ mixed >>> 30) * 0xBF58_476D_1CE4_E5B9L;
        mixed = (mixed ^ mixed >>> 27) * 0x94D0_49BB_1331_11EBL;
        return mixed ^ mixed >>> 31;
    }
}
