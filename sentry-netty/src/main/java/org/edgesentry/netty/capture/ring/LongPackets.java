package org.edgesentry.netty.capture.ring;

import java.nio.ByteBuffer;

/**
 * Packets that did not fit into their slots, in the order of the slots that say so.
 *
 * <p>Thread: the capture thread only.
 */
interface LongPackets {

    /**
     * Takes the next one.
     *
     * @return how many bytes {@link #packet} holds of it from now on; 0 or less when there is none
     */
    int receive();

    /** Where it is, from its IP header on, in the network's byte order. */
    ByteBuffer packet();
}
