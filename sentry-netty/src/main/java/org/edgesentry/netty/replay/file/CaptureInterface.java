package org.edgesentry.netty.replay.file;

import org.edgesentry.core.decode.LinkType;

/**
 * An interface that a section of a pcapng file describes. Thread: immutable.
 *
 * @param linkNumber the number of its link type
 * @param link that link type, null when the decoder does not read it
 * @param snapLength longest part of a frame that was captured; 0 without limit
 * @param unit what its time stamps count
 */
record CaptureInterface(int linkNumber, LinkType link, long snapLength, TimestampUnit unit) {

    private static final int LINK_TYPE = 8;
    private static final int SNAP_LENGTH = 12;
    private static final int OPTIONS = 16;
    private static final int OPTION_HEADER = 4;
    private static final int END_OF_OPTIONS = 0;
    private static final int RESOLUTION = 9;
    private static final int OFFSET = 14;

    /** Reads an interface description block, which stands whole in the window. */
    static CaptureInterface read(CaptureBytes block, int blockLength) {
        int number = block.unsigned16(LINK_TYPE);
        int resolution = 6;
        long offsetSeconds = 0;
        int at = OPTIONS;
        int end = blockLength - OPTION_HEADER;
        while (end - at >= OPTION_HEADER && block.unsigned16(at) != END_OF_OPTIONS) {
            int code = block.unsigned16(at);
            int length = block.unsigned16(at + 2);
            int value = at + OPTION_HEADER;
            if (code == RESOLUTION && length == 1 && end - value >= 1) {
                resolution = block.unsigned8(value);
            } else if (code == OFFSET && length == Long.BYTES && end - value >= Long.BYTES) {
                offsetSeconds = block.int64(value);
            }
            at = value + padded(length);
        }
        TimestampUnit unit = resolution == 6 && offsetSeconds == 0
                ? TimestampUnit.MICROS : new TimestampUnit(resolution, offsetSeconds);
        return new CaptureInterface(number, LinkType.ofDlt(number), block.unsigned32(SNAP_LENGTH), unit);
    }

    private static int padded(int length) {
        return length + 3 & ~3;
    }
}
