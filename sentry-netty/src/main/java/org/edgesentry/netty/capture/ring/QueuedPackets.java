package org.edgesentry.netty.capture.ring;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.edgesentry.netty.system.LibC;
import org.edgesentry.netty.system.NativeMemory;

/**
 * Long packets where the kernel leaves them when it is told PACKET_COPY_THRESH: in the receive queue of the socket that
 * has the ring. A queue that is full takes no more, and their slots do not say that there is one.
 *
 * <p>Thread: the capture thread only; allocates nothing once made.
 */
final class QueuedPackets implements LongPackets {

    private final int fd;
    private final ByteBuffer packet = NativeMemory.allocate(RingLayout.LONG_SNAP_BYTES).order(ByteOrder.BIG_ENDIAN);
    private final long address = NativeMemory.address(packet);

    QueuedPackets(int fd) {
        this.fd = fd;
    }

    @Override
    public int receive() {
        return (int) LibC.recv(fd, address, packet.capacity(), LibC.MSG_DONTWAIT);
    }

    @Override
    public ByteBuffer packet() {
        return packet;
    }
}
