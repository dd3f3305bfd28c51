package org.edgesentry.netty.replay.file;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteOrder;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;

/**
 * A pcap or pcapng file, plain or gzipped, read from begin to end in constant memory; pipes will do.
 *
 * <p>Thread: one. Errors: {@link UnreadableCapture}, whatever the file holds.
 */
public final class CaptureFile implements AutoCloseable {

    private static final int GZIP_MAGIC = 0x1F8B;
    private static final int MAGIC_BYTES = 4;

    private final CountedInput raw;
    private final InputStream in;
    private final CaptureFormat format;

    private CaptureFile(CountedInput raw) throws IOException, UnreadableCapture {
        this.raw = raw;
        this.in = unpacked(raw);
        this.format = format(new CaptureBytes(in));
    }

    /** Opens a file and reads its header. */
    public static CaptureFile open(Path path) throws UnreadableCapture {
        if (Files.isDirectory(path)) {
            throw new UnreadableCapture("is a directory, not a capture file");
        }
        try {
            CountedInput raw = new CountedInput(Files.newInputStream(path));
            try {
                return new CaptureFile(raw);
            } catch (IOException | UnreadableCapture e) {
                raw.close();
                throw e;
            }
        } catch (NoSuchFileException e) {
            throw new UnreadableCapture("there is no such file");
        } catch (AccessDeniedException e) {
            throw new UnreadableCapture("permission denied");
        } catch (IOException e) {
            throw new UnreadableCapture("cannot be read", e);
        }
    }

    private static InputStream unpacked(InputStream raw) throws IOException {
        InputStream buffered = new BufferedInputStream(raw);
        buffered.mark(2);
        boolean packed = (buffered.read() << 8 | buffered.read()) == GZIP_MAGIC;
        buffered.reset();
        return packed ? new GZIPInputStream(buffered, 1 << 16) : buffered;
    }

    private static CaptureFormat format(CaptureBytes bytes) throws UnreadableCapture {
        if (bytes.isAtEnd()) {
            throw new UnreadableCapture("is empty, and no capture file");
        }
        if (bytes.has(MAGIC_BYTES)) {
            bytes.order(ByteOrder.BIG_ENDIAN);
            int magic = bytes.int32(0);
            if (magic == PcapNgFormat.SECTION_HEADER) {
                return new PcapNgFormat(bytes);
            }
            if (PcapFormat.isMagic(magic) || PcapFormat.isMagic(Integer.reverseBytes(magic))) {
                return new PcapFormat(bytes, magic);
            }
            refusePacked(magic);
        }
        throw new UnreadableCapture("is no capture file (pcap or pcapng, plain or gzipped)");
    }

    private static void refusePacked(int magic) throws UnreadableCapture {
        String packer = switch (magic) {
            case 0x28B52FFD -> "zstd";
            case 0xFD377A58 -> "xz";
            case 0x04224D18 -> "lz4";
            case 0x504B0304 -> "zip";
            default -> magic >>> 8 == 0x425A68 ? "bzip2" : "";
        };
        if (!packer.isEmpty()) {
            throw new UnreadableCapture("is packed with " + packer + "; unpack it first");
        }
    }

    /** Reads the next frame; false at the end of the file. What was read before an exception is good. */
    public boolean next(CapturedFrame frame) throws UnreadableCapture {
        return format.next(frame);
    }

    /** How many bytes of the file were taken so far. */
    public long bytesRead() {
        return raw.count();
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
