package org.edgesentry.netty.capture;

import java.nio.ByteBuffer;

/**
 * Takes the packets of one capture thread, one at a time.
 *
 * <p>Thread: the capture thread that it belongs to.
 */
public interface PacketSink {

    /**
     * So many packets are at hand.
     *
     * @return how many of them may be handed over before {@link #endBatch}; none when there is no room now
     */
    default int beginBatch(int packets) {
        return packets;
    }

    /** The packets of the batch have been handed over. Called once for each batch for which there was room. */
    default void endBatch() {
        // Each was dealt with by itself.
    }

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
