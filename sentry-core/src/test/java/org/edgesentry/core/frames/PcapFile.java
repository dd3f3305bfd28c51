package org.edgesentry.core.frames;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/**
 * A capture among the test resources, read whole: classic pcap with microseconds, little endian.
 *
 * @param dlt number of the link layer
 * @param frames the frames in the order of the file
 */
public record PcapFile(int dlt, List<Frame> frames) {

    private static final int FILE_HEADER_LENGTH = 24;

    /** One frame and when it was captured, nanoseconds since the epoch. */
    public record Frame(long epochNanos, byte[] bytes) {
    }

    /** Reads {@code captures/NAME} of the test resources. */
    public static PcapFile resource(String name) {
        try (InputStream file = PcapFile.class.getResourceAsStream("/captures/" + name)) {
            return of(ByteBuffer.wrap(file.readAllBytes()).order(ByteOrder.LITTLE_ENDIAN));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static PcapFile of(ByteBuffer file) {
        if (file.getInt(0) != 0xA1B2_C3D4) {
            throw new IllegalArgumentException("not a little-endian pcap file with microseconds");
        }
        List<Frame> frames = new ArrayList<>();
        file.position(FILE_HEADER_LENGTH);
        while (file.hasRemaining()) {
            long epochNanos = file.getInt() * 1_000_000_000L + file.getInt() * 1_000L;
            byte[] bytes = new byte[file.getInt()];
            file.getInt();
            file.get(bytes);
            frames.add(new Frame(epochNanos, bytes));
        }
        return new PcapFile(file.getInt(20), frames);
    }
}
