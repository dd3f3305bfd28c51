package org.edgesentry.netty.replay;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes classic pcap files for tests, in any of their variations. Thread: one. */
public final class PcapBuilder {

    /** Micro- and nanoseconds, and the records of patched libpcaps. */
    public static final int MICROS = 0xA1B2C3D4;
    public static final int NANOS = 0xA1B23C4D;
    public static final int MODIFIED = 0xA1B2CD34;

    private final ByteBuffer bytes;
    private final boolean modified;

    /** A file with its header. */
    public PcapBuilder(ByteOrder order, int magic, int linkType) {
        bytes = ByteBuffer.allocate(1 << 20).order(order);
        modified = magic == MODIFIED;
        bytes.putInt(magic).putShort((short) 2).putShort((short) 4).putInt(0).putInt(0).putInt(65_535).putInt(linkType);
    }

    /** The usual kind: little endian, microseconds, Ethernet. */
    public static PcapBuilder usual() {
        return new PcapBuilder(ByteOrder.LITTLE_ENDIAN, MICROS, 1);
    }

    /** Adds a frame; the fraction has the file's unit. */
    public PcapBuilder frame(int seconds, int fraction, byte[] frame) {
        bytes.putInt(seconds).putInt(fraction).putInt(frame.length).putInt(frame.length);
        if (modified) {
            bytes.putLong(0);
        }
        bytes.put(frame);
        return this;
    }

    public byte[] bytes() {
        byte[] file = new byte[bytes.position()];
        bytes.get(0, file);
        return file;
    }

    /** Writes the file. */
    public Path to(Path path) {
        return write(path, bytes());
    }

    static Path write(Path path, byte[] content) {
        try {
            return Files.write(path, content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
