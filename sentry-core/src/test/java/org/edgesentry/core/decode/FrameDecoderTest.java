package org.edgesentry.core.decode;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import org.edgesentry.core.frames.FrameBuilder;
import org.edgesentry.core.net.TcpFlags;
import org.edgesentry.core.probe.ProbeEvent;
import org.edgesentry.core.probe.ProbeSource;
import org.edgesentry.core.probe.Verdict;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FrameDecoderTest {

    private static final byte[] SYN = FrameBuilder.ethernet()
            .ipv4("192.0.2.7", "198.51.100.1").tcp(40000, 22, TcpFlags.SYN).bytes();

    private final FrameDecoder decoder = new FrameDecoder();
    private final ProbeEvent event = new ProbeEvent();

    @ParameterizedTest
    @CsvSource({"-1, 60", "0, -1", "0, 0", "54, 10", "55, 10", "2147483647, 2147483647", "-2147483648, 2147483647",
        "1, -2147483648"})
    void decode_rangeOutsideTheBuffer_isMalformed(int offset, int length) {
        assertThat(decoder.decode(LinkType.ETHERNET, ByteBuffer.wrap(SYN), offset, length, event))
                .isEqualTo(DecodeStatus.MALFORMED);
        assertThat(decoder.decodeNetwork(0x0800, ByteBuffer.wrap(SYN), offset, length, event))
                .isEqualTo(DecodeStatus.MALFORMED);
    }

    @Test
    void decode_lengthBeyondTheLimit_endsAtTheLimit() {
        ByteBuffer frame = ByteBuffer.wrap(SYN);

        assertThat(decoder.decode(LinkType.ETHERNET, frame, 0, Integer.MAX_VALUE, event))
                .isEqualTo(DecodeStatus.PACKET);
        frame.limit(40);
        assertThat(decoder.decode(LinkType.ETHERNET, frame, 0, SYN.length, event)).isEqualTo(DecodeStatus.MALFORMED);
    }

    @Test
    void decode_readOnlyBuffer_isRead() {
        assertThat(decoder.decode(LinkType.ETHERNET, ByteBuffer.wrap(SYN).asReadOnlyBuffer(), 0, SYN.length, event))
                .isEqualTo(DecodeStatus.PACKET);
    }

    @Test
    void decode_packet_leavesWhatTheSourceWrote() {
        event.seenBy = ProbeSource.REPLAY;
        event.epochNanos = 5;
        event.interfaceIndex = 3;

        decoder.decode(LinkType.ETHERNET, ByteBuffer.wrap(SYN), 0, SYN.length, event);

        assertThat(event.seenBy).isEqualTo(ProbeSource.REPLAY);
        assertThat(event.epochNanos).isEqualTo(5);
        assertThat(event.interfaceIndex).isEqualTo(3);
        assertThat(event.verdict).isEqualTo(Verdict.UNJUDGED);
    }
}
