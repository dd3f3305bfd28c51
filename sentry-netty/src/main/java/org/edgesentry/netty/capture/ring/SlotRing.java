package org.edgesentry.netty.capture.ring;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.edgesentry.core.net.EtherType;
import org.edgesentry.netty.capture.PacketSink;

/**
 * Walks the slots that the kernel fills, in their order, and hands each packet on where it lies.
 *
 * <p>The status word passes a slot between kernel and reader: what the kernel wrote before setting it is seen after the
 * acquire read, and the release write lets the kernel reuse the slot only after the packet has been read.
 *
 * <p>Thread: the capture thread only; allocates nothing.
 */
final class SlotRing {

    /** Packets are there, but the sink takes none now. */
    static final int NO_ROOM = -1;

    private static final VarHandle STATUS =
            MethodHandles.byteBufferViewVarHandle(int[].class, ByteOrder.nativeOrder());
    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    /** The same memory twice: slot headers are in the machine's order, packets in the network's. */
    private final ByteBuffer headers;
    private final ByteBuffer packets;
    private final int slotBytes;
    private final int ringBytes;
    private final LongPackets longPackets;
    private final PacketSink sink;

    private final FloodSense flood = new FloodSense();
    private int slot;

    SlotRing(ByteBuffer memory, int slotBytes, LongPackets longPackets, PacketSink sink) {
        this.headers = memory.duplicate().order(ByteOrder.nativeOrder());
        this.packets = memory.duplicate().order(ByteOrder.BIG_ENDIAN);
        this.slotBytes = slotBytes;
        this.ringBytes = memory.capacity();
        this.longPackets = longPackets;
        this.sink = sink;
    }

    /**
     * Hands on what is there as one batch, up to a limit; returns how many packets that were, or {@link #NO_ROOM} when
     * the sink takes none now. What it does not take stays in the ring.
     */
    int drain(int limit) {
        int ready = ready(limit);
        if (ready == 0) {
            return 0;
        }
        int room = sink.beginBatch(ready);
        if (room == 0) {
            return NO_ROOM;
        }
        try {
            for (int taken = 0; taken < room; taken++) {
                takeSlot();
            }
        } finally {
            sink.endBatch();
        }
        return room;
    }

    /** Looking ahead also brings the headers into the cache, several at a time. */
    private int ready(int limit) {
        int count = 0;
        int at = slot;
        while (count < limit && ((int) STATUS.getAcquire(headers, at) & RingLayout.STATUS_USER) != 0) {
            count++;
            at = after(at);
        }
        return count;
    }

    private int after(int at) {
        return at + slotBytes == ringBytes ? 0 : at + slotBytes;
    }

    /** Whether packets come faster than they are worth being woken up for. */
    boolean isFlooded() {
        return flood.isFlood();
    }

    /** A sink that fails costs its packet, not the ring: the slot is given back in any case. */
    private void takeSlot() {
        int current = slot;
        slot = after(current);
        try {
            handOn(current);
        } finally {
            STATUS.setRelease(headers, current, RingLayout.STATUS_KERNEL);
        }
    }

    private void handOn(int at) {
        int offset = Short.toUnsignedInt(headers.getShort(at + RingLayout.NETWORK_OFFSET));
        int room = Math.max(slotBytes - offset, 0);
        int length = Math.min(Math.max(headers.getInt(at + RingLayout.CAPTURED_LENGTH), 0), room);
        boolean isCopied = (headers.getInt(at + RingLayout.STATUS) & RingLayout.STATUS_COPY) != 0;
        int longLength = isCopied ? longPackets.receive() : 0;
        if (longLength > length) {
            handOn(at, offset, longPackets.packet(), 0, longLength);
        } else {
            handOn(at, offset, packets, at + offset, length);
        }
    }

    private void handOn(int at, int offset, ByteBuffer packet, int from, int length) {
        long seconds = Integer.toUnsignedLong(headers.getInt(at + RingLayout.SECONDS));
        long epochNanos = seconds * NANOS_PER_SECOND + headers.getInt(at + RingLayout.NANOSECONDS);
        flood.note(epochNanos);
        sink.accept(etherType(at, offset), packet, from, length, epochNanos,
                headers.getInt(at + RingLayout.INTERFACE_INDEX),
                headers.get(at + RingLayout.PACKET_TYPE) == RingLayout.TYPE_OUTGOING);
    }

    /**
     * What the packet begins with. Behind a second VLAN tag, kernels since 6.11 name the type that follows all tags,
     * though the packet still begins with the tag; it then lacks the version that IP begins with.
     */
    private int etherType(int at, int offset) {
        int type = Short.toUnsignedInt(packets.getShort(at + RingLayout.PROTOCOL));
        boolean tagged = (headers.getInt(at + RingLayout.STATUS) & RingLayout.STATUS_VLAN_VALID) != 0;
        if (!tagged || type != EtherType.IPV4 && type != EtherType.IPV6 || offset >= slotBytes) {
            return type;
        }
        int version = packets.get(at + offset) >>> 4 & 0xf;
        return version == (type == EtherType.IPV4 ? 4 : 6) ? type : EtherType.CUSTOMER_TAG;
    }
}
