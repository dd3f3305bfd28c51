package org.edgesentry.netty.replay.file;

import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.edgesentry.core.limits.Limits;

/**
 * The newer form (draft-ietf-opsawg-pcapng): sections, each in its own byte order, made of blocks.
 *
 * <pre>
 * block                0        4        8                                          length - 4
 *                      | type   | length | body, a multiple of 4 bytes              | length |
 *
 * section header       8            12      14      16                      24
 *                      | byte order | major | minor | length of the section | options
 *
 * interface            8           10     12        16
 *                      | link type | zero | snaplen | options
 *
 * enhanced packet      8           12                 16                20         24        28
 *                      | interface | time, upper half | lower half      | captured | on wire | frame, options
 *
 * packet (obsolete)    8           10      12                 16        20         24        28
 *                      | interface | drops | time, upper half | lower   | captured | on wire | frame, options
 *
 * simple packet        8         12
 *                      | on wire | frame, of the first interface and without a time
 * </pre>
 *
 * <p>Other blocks (names, statistics, secrets) are passed over. A packet without a time has that of the one before.
 *
 * <p>Thread: the reader's.
 */
final class PcapNgFormat implements CaptureFormat {

    /** Reads the same in both byte orders. */
    static final int SECTION_HEADER = 0x0A0D0D0A;

    private static final int INTERFACE_DESCRIPTION = 1;
    private static final int OBSOLETE_PACKET = 2;
    private static final int SIMPLE_PACKET = 3;
    private static final int ENHANCED_PACKET = 6;

    private static final int BYTE_ORDER_MAGIC = 0x1A2B3C4D;
    private static final int BLOCK_HEADER = 8;
    private static final int BLOCK_TRAILER = 4;
    private static final int SECTION_MINIMUM = 28;
    private static final int INTERFACE_MINIMUM = 20;
    private static final int PACKET_FRAME = 28;
    private static final int SIMPLE_FRAME = 12;

    private final CaptureBytes bytes;
    private final List<CaptureInterface> interfaces = new ArrayList<>();
    private long lastNanos;

    /** Begins at the first section header. */
    PcapNgFormat(CaptureBytes bytes) {
        this.bytes = bytes;
    }

    @Override
    public boolean next(CapturedFrame frame) throws UnreadableCapture {
        while (!bytes.isAtEnd()) {
            if (takeBlock(frame)) {
                return true;
            }
        }
        return false;
    }

    /** Reads one block; whether it held a frame. */
    private boolean takeBlock(CapturedFrame frame) throws UnreadableCapture {
        need(BLOCK_HEADER + BLOCK_TRAILER);
        int type = bytes.int32(0);
        if (type == SECTION_HEADER) {
            beginSection();
        }
        long length = bytes.unsigned32(4);
        if (length < BLOCK_HEADER + BLOCK_TRAILER || length % 4 != 0) {
            throw damage("a block of " + length + " bytes");
        }
        switch (type) {
            case SECTION_HEADER, INTERFACE_DESCRIPTION, OBSOLETE_PACKET, SIMPLE_PACKET, ENHANCED_PACKET -> {
                return takeKnown(type, whole(length), frame);
            }
            default -> {
                passOver(length);
                return false;
            }
        }
    }

    private void beginSection() throws UnreadableCapture {
        bytes.order(ByteOrder.BIG_ENDIAN);
        if (bytes.int32(BLOCK_HEADER) != BYTE_ORDER_MAGIC) {
            bytes.order(ByteOrder.LITTLE_ENDIAN);
        }
        if (bytes.int32(BLOCK_HEADER) != BYTE_ORDER_MAGIC) {
            throw damage("a section of no known byte order");
        }
        interfaces.clear();
    }

    /** Brings the whole block into the window; its length. */
    private int whole(long length) throws UnreadableCapture {
        if (length > Limits.CAPTURE_BUFFER_BYTES) {
            throw damage("a block of " + length + " bytes");
        }
        need((int) length);
        if (bytes.unsigned32((int) length - BLOCK_TRAILER) != length) {
            throw damage("a block whose two lengths differ");
        }
        return (int) length;
    }

    private void passOver(long length) throws UnreadableCapture {
        long begin = bytes.offset();
        if (!bytes.skip(length - BLOCK_TRAILER) || !bytes.has(BLOCK_TRAILER)) {
            throw new UnreadableCapture("cut off within the block", begin);
        }
        if (bytes.unsigned32(0) != length) {
            throw new UnreadableCapture("damaged: a block whose two lengths differ", begin);
        }
        bytes.advance(BLOCK_TRAILER);
    }

    private boolean takeKnown(int type, int length, CapturedFrame frame) throws UnreadableCapture {
        switch (type) {
            case SECTION_HEADER -> checkVersion(length);
            case INTERFACE_DESCRIPTION -> addInterface(length);
            case SIMPLE_PACKET -> takeSimple(length, frame);
            default -> takePacket(type, length, frame);
        }
        bytes.advance(length);
        return type != SECTION_HEADER && type != INTERFACE_DESCRIPTION;
    }

    private void checkVersion(int length) throws UnreadableCapture {
        atLeast(SECTION_MINIMUM, length);
        if (bytes.unsigned16(12) != 1) {
            throw new UnreadableCapture("pcapng version " + bytes.unsigned16(12) + "." + bytes.unsigned16(14)
                    + " is not read, only 1.x: section", bytes.offset());
        }
    }

    private void addInterface(int length) throws UnreadableCapture {
        atLeast(INTERFACE_MINIMUM, length);
        if (interfaces.size() == Limits.CAPTURE_INTERFACES) {
            throw damage("more than " + Limits.CAPTURE_INTERFACES + " interfaces");
        }
        interfaces.add(CaptureInterface.read(bytes, length));
    }

    private void takePacket(int type, int length, CapturedFrame frame) throws UnreadableCapture {
        atLeast(PACKET_FRAME + BLOCK_TRAILER, length);
        CaptureInterface on = interfaceOf(type == ENHANCED_PACKET ? bytes.unsigned32(8) : bytes.unsigned16(8));
        lastNanos = on.unit().epochNanos(bytes.unsigned32(12) << 32 | bytes.unsigned32(16));
        lend(frame, on, PACKET_FRAME, bytes.unsigned32(20), length);
    }

    private void takeSimple(int length, CapturedFrame frame) throws UnreadableCapture {
        atLeast(SIMPLE_FRAME + BLOCK_TRAILER, length);
        CaptureInterface on = interfaceOf(0);
        long onWire = bytes.unsigned32(8);
        long captured = on.snapLength() == 0 ? onWire : Math.min(onWire, on.snapLength());
        lend(frame, on, SIMPLE_FRAME, captured, length);
    }

    private void lend(CapturedFrame frame, CaptureInterface on, int from, long captured, int length)
            throws UnreadableCapture {
        if (captured > Limits.CAPTURED_FRAME_BYTES || captured > length - from - BLOCK_TRAILER) {
            throw damage("a frame of " + captured + " bytes in a block of " + length);
        }
        frame.link = on.link();
        frame.linkNumber = on.linkNumber();
        bytes.lend(frame, from, (int) captured, lastNanos);
    }

    private CaptureInterface interfaceOf(long number) throws UnreadableCapture {
        if (number >= interfaces.size()) {
            throw damage("a packet of interface " + number + " of " + interfaces.size());
        }
        return interfaces.get((int) number);
    }

    private void atLeast(int minimum, int length) throws UnreadableCapture {
        if (length < minimum) {
            throw damage("a block of " + length + " bytes");
        }
    }

    private void need(int count) throws UnreadableCapture {
        if (!bytes.has(count)) {
            throw new UnreadableCapture("cut off within the block", bytes.offset());
        }
    }

    private UnreadableCapture damage(String what) {
        return new UnreadableCapture("damaged: " + what, bytes.offset());
    }
}
