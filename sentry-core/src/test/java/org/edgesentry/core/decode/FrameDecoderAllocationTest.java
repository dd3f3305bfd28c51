package org.edgesentry.core.decode;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.List;
import org.edgesentry.core.frames.SampleFrame;
import org.edgesentry.core.memory.AllocationMeter;
import org.edgesentry.core.probe.ProbeEvent;
import org.junit.jupiter.api.Test;

/** A million frames of every kind, good and spoilt, and not a byte of garbage. */
class FrameDecoderAllocationTest {

    private static final int FRAMES = 1_000_000;
    private static final int FRAME_LENGTH = 256;

    private final List<SampleFrame> samples = SampleFrame.all();
    private final LinkType[] links = samples.stream().map(SampleFrame::link).toArray(LinkType[]::new);
    private final int[] lengths = samples.stream().mapToInt(sample -> sample.bytes().length).toArray();
    private final FrameDecoder decoder = new FrameDecoder();
    private final ProbeEvent event = new ProbeEvent();
    private int packets;

    @Test
    void decode_aMillionFrames_allocatesNothing() {
        ByteBuffer heap = fill(ByteBuffer.allocate(samples.size() * FRAME_LENGTH));
        ByteBuffer direct = fill(ByteBuffer.allocateDirect(samples.size() * FRAME_LENGTH));
        decode(heap, FRAMES / 4);
        decode(direct, FRAMES / 4);

        assertThat(AllocationMeter.bytesPerRound(() -> {
            decode(heap, FRAMES / 2);
            decode(direct, FRAMES / 2);
        })).isZero();
        assertThat(packets).isPositive();
    }

    private ByteBuffer fill(ByteBuffer buffer) {
        for (int i = 0; i < samples.size(); i++) {
            buffer.put(i * FRAME_LENGTH, samples.get(i).bytes());
        }
        return buffer;
    }

    /** Changes one byte of a frame each time, and changes it back. */
    private void decode(ByteBuffer frames, int number) {
        for (int i = 0; i < number; i++) {
            int sample = i % links.length;
            int spoilt = sample * FRAME_LENGTH + i / links.length % lengths[sample];
            byte good = frames.get(spoilt);
            frames.put(spoilt, (byte) (i >>> 8));
            event.clear();
            event.epochNanos = i * 1_000L;
            DecodeStatus status = decoder.decode(links[sample], frames, sample * FRAME_LENGTH, lengths[sample], event);
            packets += status == DecodeStatus.PACKET ? 1 : 0;
            frames.put(spoilt, good);
        }
    }
}
