package org.edgesentry.core.decode;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.edgesentry.core.frames.FrameBuilder;
import org.edgesentry.core.limits.Limits;
import org.edgesentry.core.net.TcpFlags;
import org.junit.jupiter.api.Test;

/** The table of halves seen through the decoder: bounded, forgetful by time, not to be flooded. */
class FragmentTableTest {

    private static final byte[] TCP_SYN = FrameBuilder.raw().tcp(40000, 22, TcpFlags.SYN).bytes();
    private static final int MANY = 20_000;

    private final Decoding decoding = new Decoding();

    private String fragment(String source, int identification, int from, int to) {
        return decoding.raw(FrameBuilder.raw().ipv4Fragment(source, "198.51.100.1", identification, from, true)
                .protocol(6, Arrays.copyOfRange(TCP_SYN, from, to)).bytes());
    }

    @Test
    void decode_secondHalfAfterTheLifetime_isNotJoined() {
        fragment("192.0.2.7", 1, 0, 8);
        decoding.passSeconds(60);
        assertThat(fragment("192.0.2.7", 1, 8, 16)).startsWith("PACKET").doesNotContain("evasion");

        fragment("192.0.2.7", 2, 0, 8);
        decoding.passSeconds(61);
        assertThat(fragment("192.0.2.7", 2, 8, 16)).startsWith("FRAGMENT_HELD");
    }

    @Test
    void decode_clockStepsBack_endsOldHalves() {
        for (int i = 0; i < MANY; i++) {
            fragment("203.0.113.9", i, 0, 8);
        }
        decoding.passSeconds(-3600);

        assertThat(fragment("192.0.2.7", 1, 0, 8)).startsWith("FRAGMENT_HELD");
    }

    @Test
    void decode_floodOfHalves_holdsABoundedNumberAndReportsTheRest() {
        long held = IntStream.range(0, MANY)
                .filter(i -> fragment("203.0.113.9", i, 0, 8).startsWith("FRAGMENT_HELD"))
                .count();

        assertThat(held).isBetween(Limits.FRAGMENTED_PACKETS * 3L / 4, (long) Limits.FRAGMENTED_PACKETS);
        assertThat(fragment("192.0.2.7", 1, 0, 8))
                .isEqualTo("PACKET 192.0.2.7 > 198.51.100.1 TCP 40000>22 evasion");
        assertThat(fragment("192.0.2.7", 1, 8, 16))
                .isEqualTo("PACKET 192.0.2.7 > 198.51.100.1 TCP evasion");
    }

    @Test
    void decode_floodOfHalves_pushesNobodyOut() {
        assertThat(fragment("192.0.2.7", 1, 0, 8)).startsWith("FRAGMENT_HELD");
        for (int i = 0; i < MANY; i++) {
            fragment("203.0.113.9", i, 0, 8);
            fragment("203.0.113.10", i, 8, 16);
        }

        assertThat(fragment("192.0.2.7", 1, 8, 16))
                .isEqualTo("PACKET 192.0.2.7 > 198.51.100.1 TCP 40000>22 flags=2 window=1024");
    }

    @Test
    void decode_floodIsOver_holdsAgain() {
        for (int i = 0; i < MANY; i++) {
            fragment("203.0.113.9", i, 0, 8);
        }
        decoding.passSeconds(61);

        assertThat(fragment("192.0.2.7", 1, 0, 8)).startsWith("FRAGMENT_HELD");
        assertThat(fragment("192.0.2.7", 1, 8, 16)).endsWith("flags=2 window=1024");
    }

    @Test
    void decode_scanOfManyPortsInFragments_isReadWhole() {
        for (int i = 0; i < MANY; i++) {
            assertThat(fragment("192.0.2.7", i, 0, 8)).startsWith("FRAGMENT_HELD");
            assertThat(fragment("192.0.2.7", i, 8, 16)).endsWith("flags=2 window=1024");
        }
    }

    @Test
    void decode_manyWholeFirstFragments_leaveRoomForHalves() {
        for (int i = 0; i < MANY; i++) {
            assertThat(fragment("203.0.113.9", i, 0, 16)).endsWith("flags=2 window=1024");
        }

        assertThat(fragment("192.0.2.7", 1, 0, 8)).startsWith("FRAGMENT_HELD");
        assertThat(fragment("192.0.2.7", 1, 8, 16)).endsWith("flags=2 window=1024");
    }
}
