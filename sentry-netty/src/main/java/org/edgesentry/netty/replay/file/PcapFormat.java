package org.edgesentry.netty.replay.file;

import java.nio.ByteOrder;
import java.util.concurrent.TimeUnit;
import org.edgesentry.core.decode.LinkType;
import org.edgesentry.core.limits.Limits;

/**
 * The classic form (draft-ietf-opsawg-pcap), in either byte order.
 *
 * <pre>
 * file      0        4         6         8          12       16        20                24
 *           | magic  | major   | minor   | zone     | sigfigs| snaplen | FCS, link type  | records
 *
 * record    0         4                    8           12         16
 *           | seconds | micro- or nanos    | captured  | on wire  | frame
 * </pre>
 *
 * <p>The magic tells the unit of fractions of a second, and whether records have the eight bytes more that patched
 * libpcaps of the nineties wrote (interface, protocol, direction).
 *
 * <p>Thread: the reader's.
 */
final class PcapFormat implements CaptureFormat {

    static final int MAGIC_MICROS = 0xA1B2C3D4;
    static final int MAGIC_NANOS = 0xA1B23C4D;
    static final int MAGIC_MODIFIED = 0xA1B2CD34;

    private static final int FILE_HEADER = 24;
    private static final int RECORD_HEADER = 16;
    private static final int MODIFIED_RECORD_HEADER = 24;
    private static final int MAJOR = 2;
    /** Up to this minor version some programs wrote the two lengths of a record the other way round. */
    private static final int MINOR_OF_SWAPPED_LENGTHS = 3;
    /** The rest of the field says whether frames end with a checksum, and how long it is; no packet reaches there. */
    private static final int LINK_TYPE_BITS = 0xFFFF;

    private final CaptureBytes bytes;
    private final long nanosPerFraction;
    private final int recordHeader;
    private final boolean swappedLengths;
    private final int linkNumber;
    private final LinkType link;

    /** Reads the file's header. */
    PcapFormat(CaptureBytes bytes, int bigEndianMagic) throws UnreadableCapture {
        boolean big = isMagic(bigEndianMagic);
        int magic = big ? bigEndianMagic : Integer.reverseBytes(bigEndianMagic);
        bytes.order(big ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
        if (!bytes.has(FILE_HEADER)) {
            throw new UnreadableCapture("cut off within the header", bytes.offset());
        }
        if (bytes.unsigned16(4) != MAJOR) {
            throw new UnreadableCapture("pcap version " + bytes.unsigned16(4) + "." + bytes.unsigned16(6)
                    + " is not read, only 2.x");
        }
        this.bytes = bytes;
        this.nanosPerFraction = magic == MAGIC_NANOS ? 1 : 1_000;
        this.recordHeader = magic == MAGIC_MODIFIED ? MODIFIED_RECORD_HEADER : RECORD_HEADER;
        this.swappedLengths = bytes.unsigned16(6) <= MINOR_OF_SWAPPED_LENGTHS;
        this.linkNumber = bytes.int32(20) & LINK_TYPE_BITS;
        this.link = LinkType.ofDlt(linkNumber);
        bytes.advance(FILE_HEADER);
    }

    /** Whether these four bytes, read in the file's own order, begin a file of this form. */
    static boolean isMagic(int magic) {
        return magic == MAGIC_MICROS || magic == MAGIC_NANOS || magic == MAGIC_MODIFIED;
    }

    @Override
    public boolean next(CapturedFrame frame) throws UnreadableCapture {
        if (!bytes.has(recordHeader)) {
            if (bytes.isAtEnd()) {
                return false;
            }
            throw new UnreadableCapture("cut off within the record", bytes.offset());
        }
        long captured = captured();
        if (captured > Limits.CAPTURED_FRAME_BYTES) {
            throw new UnreadableCapture("damaged: a frame of " + captured + " bytes", bytes.offset());
        }
        int length = (int) captured;
        if (!bytes.has(recordHeader + length)) {
            throw new UnreadableCapture("cut off within the record", bytes.offset());
        }
        frame.link = link;
        frame.linkNumber = linkNumber;
        bytes.lend(frame, recordHeader, length, epochNanos());
        bytes.advance(recordHeader + length);
        return true;
    }

    private long captured() {
        long captured = bytes.unsigned32(8);
        return swappedLengths ? Math.min(captured, bytes.unsigned32(12)) : captured;
    }

    private long epochNanos() {
        return TimeUnit.SECONDS.toNanos(bytes.unsigned32(0)) + bytes.unsigned32(4) * nanosPerFraction;
    }
}
