package org.edgesentry.netty.replay.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TimestampUnitTest {

    private static final long LATEST = 4_294_967_295_999_999_999L;

    @ParameterizedTest
    @CsvSource({
        "0, 0, 7, 7000000000", "3, 0, 7001, 7001000000", "6, 0, 1500000000123456, 1500000000123456000",
        "9, 0, 1500000000123456789, 1500000000123456789", "12, 0, 1000000001999, 1000000001",
        "19, 0, 9000000000000000000, 900000000", "127, 0, 9000000000000000000, 900000000",
        "0x80, 0, 7, 7000000000", "0x8a, 0, 1536, 1500000000", "0xa0, 0, 6442450944, 1500000000",
        "0xbf, 0, 4611686018427387904, 500000000", "0xc0, 0, -9223372036854775808, 500000000",
        "0xff, 0, -1, 0", "6, 3600, 1000000, 3601000000000", "6, -1, 2000000, 1000000000",
        "6, -9, 2000000, 0"})
    void epochNanos_eachResolution_isNanoseconds(String resolution, long offset, long units, long nanos) {
        assertThat(new TimestampUnit(Integer.decode(resolution), offset).epochNanos(units)).isEqualTo(nanos);
    }

    @Test
    void epochNanos_anyInput_staysBetween1970And2106() {
        Random random = new Random(3);
        for (int i = 0; i < 200_000; i++) {
            TimestampUnit unit = new TimestampUnit(random.nextInt(256), random.nextLong() >> random.nextInt(64));
            assertThat(unit.epochNanos(random.nextLong() >> random.nextInt(64))).isBetween(0L, LATEST);
        }
    }
}
