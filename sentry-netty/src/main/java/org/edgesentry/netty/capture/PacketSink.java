package org.edgesentry.netty.capture;

import java.nio.ByteBuffer;

/**
 * Takes the packets of one capture thread, one at a time.
 *
 * <p>Thread: the capture thread that it belongs to.
 */
public interface PacketSink {

    /**
     * A packet without link header.
     *
     * @param etherType what the packet is
     * @param frame holds it, in network order; position and limit mean nothing, and after the call it is reused
     * @param offset where the packet begins
     * @param length how much of it was captured
     * @param epochNanos when it was captured
     * @param interfaceIndex where it came in, or left
     * @param outgoing whether this host sent it
     */
    void accept(int etherType, ByteBuffer frame, int offset, int length, long epochNanos, int interfaceIndex,
                boolean outgoing);
}
