package org.edgesentry.netty.host.sockets;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DiagAnswerTest {

    private static final short SOCK_DIAG_BY_FAMILY = 20;
    private static final byte AF_INET6 = 10;

    private final ByteBuffer buffer = ByteBuffer.allocate(256).order(ByteOrder.nativeOrder());
    private final DiagAnswer answer = new DiagAnswer(buffer);

    @Test
    void socket_ofIpv6_isRead() {
        message(96, SOCK_DIAG_BY_FAMILY);
        buffer.put(16, AF_INET6).putInt(56, 7).putShort(88, (short) 5).putShort(90, (short) 11).put(92, (byte) 1);
        network().putShort(20, (short) 50_000).putLong(24, 0x20010db8_00000000L).putLong(32, 9);
        answer.begin(96);

        assertThat(answer.next()).isTrue();
        assertThat(answer.isSocket()).isTrue();
        assertThat(answer.port()).isEqualTo(50_000);
        assertThat(answer.addressHi()).isEqualTo(0x20010db8_00000000L);
        assertThat(answer.addressLo()).isEqualTo(9);
        assertThat(answer.interfaceIndex()).isEqualTo(7);
        assertThat(answer.isIpv6Only()).isTrue();
        assertThat(answer.next()).isFalse();
    }

    @Test
    void socket_cutShort_isNone() {
        message(87, SOCK_DIAG_BY_FAMILY);
        answer.begin(87);
        assertThat(answer.next()).isTrue();
        assertThat(answer.isSocket()).isFalse();
    }

    @Test
    void message_longerThanWhatCame_endsTheAnswer() {
        for (int length : new int[] {0, 15, 97, Integer.MAX_VALUE, -1}) {
            message(length, SOCK_DIAG_BY_FAMILY);
            answer.begin(96);
            assertThat(answer.next()).as("length %d", length).isFalse();
        }
    }

    @Test
    void attribute_withoutLength_endsTheSearch() {
        message(96, SOCK_DIAG_BY_FAMILY);
        answer.begin(96);
        answer.next();
        assertThat(answer.isIpv6Only()).isFalse();
    }

    /** Bytes of any kind are walked to an end, inside of what was received. */
    @Test
    void randomBytes_areReadWithinTheirBounds() {
        Random random = new Random(3);
        for (int round = 0; round < 200_000; round++) {
            int received = random.nextInt(buffer.capacity() + 1);
            random.nextBytes(buffer.array());
            for (int at = 0; at < received - 8 && random.nextInt(4) > 0; at += 96) {
                buffer.putInt(at, random.nextInt(120)).putShort(at + 4, SOCK_DIAG_BY_FAMILY);
            }
            answer.begin(received);
            for (int messages = 0; answer.next(); messages++) {
                assertThat(messages).isLessThan(buffer.capacity());
                if (answer.isSocket()) {
                    assertThat(answer.port()).isBetween(0, 65_535);
                    answer.addressHi();
                    answer.addressLo();
                    answer.isIpv6Only();
                }
                answer.errno();
                answer.isDone();
            }
        }
    }

    private void message(int length, short type) {
        buffer.putInt(0, length).putShort(4, type);
    }

    private ByteBuffer network() {
        return buffer.duplicate().order(ByteOrder.BIG_ENDIAN);
    }
}
