package org.edgesentry.core.hash;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SipHashTest {

    private static final long KEY0 = 0x0706050403020100L;
    private static final long KEY1 = 0x0f0e0d0c0b0a0908L;

    @Test
    void reference_withPapersTestVector_isSipHash24() {
        byte[] input = new byte[15];
        for (int i = 0; i < input.length; i++) {
            input[i] = (byte) i;
        }

        assertThat(reference(KEY0, KEY1, input, 2, 4)).isEqualTo(0xa129ca6149be45e5L);
    }

    @Test
    void hash_ofRandomWords_agreesWithReference() {
        Random random = new Random(7);
        for (int i = 0; i < 10_000; i++) {
            long key0 = random.nextLong();
            long key1 = random.nextLong();
            long first = random.nextLong();
            long second = random.nextLong();
            byte[] input = ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN)
                    .putLong(first).putLong(second).array();

            assertThat(new SipHash(key0, key1).hash(first, second)).isEqualTo(reference(key0, key1, input, 1, 3));
        }
    }

    /** SipHash-c-d as the paper's appendix writes it, for input of any length. */
    private static long reference(long key0, long key1, byte[] input, int compressions, int finalisations) {
        long[] v = {key0 ^ 0x736f6d6570736575L, key1 ^ 0x646f72616e646f6dL,
            key0 ^ 0x6c7967656e657261L, key1 ^ 0x7465646279746573L};
        int whole = input.length / 8;
        ByteBuffer padded = ByteBuffer.allocate((whole + 1) * 8).order(ByteOrder.LITTLE_ENDIAN);
        padded.put(input).position(0);
        padded.put(padded.capacity() - 1, (byte) input.length);
        for (int i = 0; i <= whole; i++) {
            long word = padded.getLong();
            v[3] ^= word;
            rounds(v, compressions);
            v[0] ^= word;
        }
        v[2] ^= 0xFF;
        rounds(v, finalisations);
        return v[0] ^ v[1] ^ v[2] ^ v[3];
    }

    private static void rounds(long[] v, int count) {
        for (int i = 0; i < count; i++) {
            v[0] += v[1];
            v[2] += v[3];
            v[1] = Long.rotateLeft(v[1], 13) ^ v[0];
            v[3] = Long.rotateLeft(v[3], 16) ^ v[2];
            v[0] = Long.rotateLeft(v[0], 32);
            v[2] += v[1];
            v[0] += v[3];
            v[1] = Long.rotateLeft(v[1], 17) ^ v[2];
            v[3] = Long.rotateLeft(v[3], 21) ^ v[0];
            v[2] = Long.rotateLeft(v[2], 32);
        }
    }
}
