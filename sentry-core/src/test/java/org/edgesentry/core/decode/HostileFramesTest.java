package org.edgesentry.core.decode;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Random;
import org.edgesentry.core.frames.FrameBuilder;
import org.edgesentry.core.frames.SampleFrame;
import org.edgesentry.core.net.TcpFlags;
import org.edgesentry.core.probe.ProbeEvent;
import org.edgesentry.core.probe.Verdict;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Random frames and spoilt good ones, each read by two decoders: one from a heap buffer, one from a direct buffer at
 * another offset with other bytes around it. Both must say the same, and nothing impossible.
 */
class HostileFramesTest {

    private static final int FRAMES = 200_000;
    private static final int MAX_LENGTH = 240;
    private static final int[] SPECIAL = {0, 1, 2, 4, 5, 6, 7, 8, 0x0F, 0x20, 0x2C, 0x3C, 0x40, 0x45, 0x60, 0x7F, 0x80,
        0x81, 0xFE, 0xFF};

    private final List<SampleFrame> samples = SampleFrame.all();
    private final Reader heap = new Reader(ByteBuffer.allocate(512), 31);
    private final Reader direct = new Reader(ByteBuffer.allocateDirect(512), 77);

    /** A decoder with the buffer that it reads from. */
    private static final class Reader {

        final ProbeEvent event = new ProbeEvent();
        final ByteBuffer buffer;
        private final FrameDecoder decoder = new FrameDecoder(3, 4);
        private final Random noise;

        Reader(ByteBuffer buffer, long seed) {
            this.buffer = buffer;
            this.noise = new Random(seed);
        }

        DecodeStatus read(LinkType link, byte[] frame, long epochNanos) {
            byte[] around = new byte[buffer.capacity()];
            noise.nextBytes(around);
            int offset = noise.nextInt(buffer.capacity() - frame.length + 1);
            boolean beyondLimit = noise.nextBoolean();
            buffer.clear().put(0, around).put(offset, frame);
            buffer.limit(beyondLimit ? offset + frame.length : buffer.capacity()).position(offset / 3);
            event.clear();
            event.epochNanos = epochNanos;

            int length = beyondLimit ? frame.length + noise.nextInt(9) : frame.length;
            DecodeStatus status = decoder.decode(link, buffer, offset, length, event);

            assertThat(buffer.position()).isEqualTo(offset / 3);
            assertThat(buffer.limit()).isEqualTo(beyondLimit ? offset + frame.length : buffer.capacity());
            return status;
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    void decode_anyBytes_neverThrowsAndSaysTheSameFromEveryBuffer(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < FRAMES; i++) {
            LinkType link = LinkType.values()[random.nextInt(LinkType.values().length)];
            byte[] frame;
            if (i % 4 == 0) {
                frame = new byte[random.nextInt(MAX_LENGTH)];
                random.nextBytes(frame);
            } else {
                SampleFrame sample = samples.get(random.nextInt(samples.size()));
                link = random.nextInt(20) == 0 ? link : sample.link();
                frame = spoil(sample.bytes(), random);
            }
            readTwice(link, frame, i * 10_000_000L);
        }
        assertGoodFrameIsStillRead();
    }

    private void readTwice(LinkType link, byte[] frame, long epochNanos) {
        DecodeStatus status = heap.read(link, frame, epochNanos);

        assertThat(direct.read(link, frame, epochNanos)).isEqualTo(status);
        assertThat(fields(direct.event)).isEqualTo(fields(heap.event));
        assertPossible(status, heap.event);
    }

    private static byte[] spoil(byte[] good, Random random) {
        int length = random.nextInt(4) == 0 ? random.nextInt(MAX_LENGTH) : good.length;
        byte[] frame = new byte[length];
        random.nextBytes(frame);
        System.arraycopy(good, 0, frame, 0, Math.min(good.length, length));
        for (int changes = random.nextInt(5); changes > 0 && length > 0; changes--) {
            int value = random.nextBoolean() ? random.nextInt() : SPECIAL[random.nextInt(SPECIAL.length)];
            frame[random.nextInt(length)] = (byte) value;
        }
        return frame;
    }

    private static void assertPossible(DecodeStatus status, ProbeEvent event) {
        assertThat(event.verdict)
                .isEqualTo(status == DecodeStatus.MALFORMED ? Verdict.MALFORMED : Verdict.UNJUDGED);
        if (status == DecodeStatus.PACKET) {
            assertThat(event.family).isIn(4, 6);
            assertThat(event.sourceLo >>> 32 == 0 || event.family == 6).isTrue();
            assertThat(event.protocol).isBetween(0, 255);
            assertThat(event.sourcePort).isBetween(0, 0xFFFF);
            assertThat(event.destinationPort).isBetween(0, 0xFFFF);
            assertThat(event.tcpFlags).isBetween(0, 0xFFF);
            assertThat(event.tcpWindow).isBetween(0, 0xFFFF);
            assertThat(event.messageType).isBetween(0, 0xFF);
            assertThat(event.messageCode).isBetween(0, 0xFF);
            assertThat(event.fragmentEvasion && event.tcpFlags != 0).isFalse();
        }
    }

    private static long[] fields(ProbeEvent event) {
        return new long[] {event.family, event.sourceHi, event.sourceLo, event.destinationHi, event.destinationLo,
            event.protocol, event.sourcePort, event.destinationPort, event.tcpFlags, event.tcpWindow,
            event.messageType, event.messageCode, event.ipOptions ? 1 : 0, event.fragmentEvasion ? 1 : 0,
            event.identity};
    }

    private void assertGoodFrameIsStillRead() {
        byte[] syn = FrameBuilder.ethernet().ipv4("203.0.113.1", "198.51.100.1").tcp(1, 2, TcpFlags.SYN).bytes();

        DecodeStatus status = heap.read(LinkType.ETHERNET, syn, 0);

        assertThat(Decoding.text(status, heap.event))
                .isEqualTo("PACKET 203.0.113.1 > 198.51.100.1 TCP 1>2 flags=2 window=1024");
    }
}
