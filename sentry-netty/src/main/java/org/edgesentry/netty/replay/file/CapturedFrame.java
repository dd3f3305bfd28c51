package org.edgesentry.netty.replay.file;

import java.nio.ByteBuffer;
import org.edgesentry.core.decode.LinkType;

/**
 * One frame of a capture file. Filled anew for each; its bytes hold until the next frame is read. Thread: the reader's.
 */
public final class CapturedFrame {

    /** What the frame begins with, null when the decoder does not read it. */
    public LinkType link;
    /** The number of that link type (tcpdump.org/linktypes.html). */
    public int linkNumber;
    /** Holds the frame, in network order; position and limit mean nothing. */
    public ByteBuffer bytes;
    /** Where the frame begins. */
    public int offset;
    /** How much of it was captured. */
    public int length;
    /** When it was captured, nanoseconds since the epoch. */
    public long epochNanos;

    void set(ByteBuffer holder, int begin, int captured, long capturedNanos) {
        bytes = holder;
        offset = begin;
        length = captured;
        epochNanos = capturedNanos;
    }
}
