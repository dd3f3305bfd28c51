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

    /** The hash of the 16 bytes that the two words hold, first word first, each little-endian. */
    public long hash(long first, long second) {
        long v0 = key0 ^ 0x736f6d6570736575L;
        long v1 = key1 ^ 0x646f72616e646f6dL;
        long v2 = key0 ^ 0x6c7967656e657261L;
        long v3 = key1 ^ 0x7465646279746573L;
        for (int step = 0; step < 6; step++) {
            long word = step == 0 ? first : step == 1 ? second : step == 2 ? INPUT_BYTES << 56 : 0L;
            v2 ^= step == 3 ? 0xFF : 0;
            v3 ^= word;
            v0 += v1;
            v1 = Long.rotateLeft(v1, 13) ^ v0;
            v0 = Long.rotateLeft(v0, 32);
            v2 += v3;
            v3 = Long.rotateLeft(v3, 16) ^ v2;
            v0 += v3;
            v3 = Long.rotateLeft(v3, 21) ^ v0;
            v2 += v1;
            v1 = Long.rotateLeft(v1, 17) ^ v2;
            v2 = Long.rotateLeft(v2, 32);
            v0 ^= word;
        }
        return v0 ^ v1 ^ v2 ^ v3;
    }
}
