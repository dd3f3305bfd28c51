package org.edgesentry.core.decode;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.edgesentry.core.frames.SampleFrame;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a snap length of any size makes of good frames. */
class TruncatedFramesTest {

    static List<SampleFrame> samples() {
        return SampleFrame.all();
    }

    @ParameterizedTest
    @MethodSource("samples")
    void decode_everyPrefix_saysWhatTheWholeFrameSaysOrNothing(SampleFrame sample) {
        String whole = new Decoding().decode(sample.link(), sample.bytes());
        boolean readable = false;
        for (int length = 0; length < sample.bytes().length; length++) {
            String text = new Decoding().decode(sample.link(), Arrays.copyOf(sample.bytes(), length));

            String withoutWindow = whole.replaceAll(" window=\\d+", "");
            assertThat(text).as("first %d bytes", length).isIn(whole, withoutWindow, "MALFORMED", "NOT_IP");
            boolean read = text.startsWith("PACKET");
            assertThat(readable && !read).as("more bytes, less known").isFalse();
            readable = read;
        }
    }
}
