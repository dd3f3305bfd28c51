package org.edgesentry.netty.replay.file;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.edgesentry.core.limits.Limits;

/**
 * A window of fixed size that moves over a stream, in the byte order of the file. Fields are read relative to where the
 * window stands. Nothing is allocated as it moves.
 *
 * <p>Thread: the reader's.
 */
final class CaptureBytes {

    private final InputStream in;
    private final byte[] store = new byte[Limits.CAPTURE_BUFFER_BYTES];
    private final ByteBuffer network = ByteBuffer.wrap(store);
    private final ByteBuffer fields = ByteBuffer.wrap(store);
    private int at;
    private int end;
    private long passed;

    CaptureBytes(InputStream in) {
        this.in = in;
    }

    /** Makes so many bytes readable, if there are as many; at most {@link Limits#CAPTURE_BUFFER_BYTES}. */
    boolean has(int count) throws UnreadableCapture {
        return end - at >= count || fill(count);
    }

    private boolean fill(int count) throws UnreadableCapture {
        System.arraycopy(store, at, store, 0, end - at);
        passed += at;
        end -= at;
        at = 0;
        while (end < count) {
            int read = read();
            if (read < 0) {
                return false;
            }
            end += read;
        }
        return true;
    }

    /** A compressed file that is damaged fails here, whatever stands in it. */
    private int read() throws UnreadableCapture {
        try {
            return in.read(store, end, store.length - end);
        } catch (IOException e) {
            throw new UnreadableCapture("cannot be read behind offset " + (passed + end), e);
        }
    }

    /** Whether nothing is left. */
    boolean isAtEnd() throws UnreadableCapture {
        return !has(1);
    }

    /** Moves on over bytes that are readable. */
    void advance(int count) {
        at += count;
    }

    /** Moves on over any number of bytes; false when the file ends before. */
    boolean skip(long count) throws UnreadableCapture {
        long left = count;
        while (left > end - at) {
            left -= end - at;
            at = end;
            if (isAtEnd()) {
                return false;
            }
        }
        at += (int) left;
        return true;
    }

    /** Where in the file the window stands; in a compressed one, in what it holds. */
    long offset() {
        return passed + at;
    }

    void order(ByteOrder order) {
        fields.order(order);
    }

    int int32(int from) {
        return fields.getInt(at + from);
    }

    long unsigned32(int from) {
        return Integer.toUnsignedLong(fields.getInt(at + from));
    }

    int unsigned16(int from) {
        return Short.toUnsignedInt(fields.getShort(at + from));
    }

    int unsigned8(int from) {
        return Byte.toUnsignedInt(store[at + from]);
    }

    long int64(int from) {
        return fields.getLong(at + from);
    }

    /** Points the frame at bytes of the window, which hold until it moves. */
    void lend(CapturedFrame frame, int from, int length, long epochNanos) {
        frame.set(network, at + from, length, epochNanos);
    }
}
