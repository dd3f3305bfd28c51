package org.edgesentry.netty.capture.ring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.edgesentry.core.probe.ProbeEvent;
import org.edgesentry.core.probe.ProbePublisher;
import org.edgesentry.netty.capture.CaptureCounters;
import org.edgesentry.netty.capture.PacketSink;
import org.edgesentry.netty.capture.ProbeSink;
import org.edgesentry.netty.system.NativeMemory;
import org.junit.jupiter.api.Test;

class SlotRingTest {

    private static final int SLOTS = 8;
    private static final int PACKET_OFFSET = RingLayout.PACKET_OFFSET;

    private final ByteBuffer memory = NativeMemory.allocate(SLOTS * RingLayout.SLOT_BYTES);
    private final List<String> seen = new ArrayList<>();
    private final Queued queued = new Queued();
    private final SlotRing ring = new SlotRing(memory, RingLayout.SLOT_BYTES, queued, this::note);

    @Test
    void drain_emptyRing_takesNothing() {
        assertThat(ring.drain(100)).isZero();
    }

    @Test
    void drain_filledSlots_handsThemOnInOrderAndGivesThemBack() {
        fill(0, 0x0800, 40, 7);
        fill(1, 0x86dd, 60, 8);
        assertThat(ring.drain(100)).isEqualTo(2);
        assertThat(seen).containsExactly("800 at 80 length 40 nanos 1700000000000000007 interface 3",
                "86dd at " + (RingLayout.SLOT_BYTES + PACKET_OFFSET) + " length 60 "
                        + "nanos 1700000000000000008 interface 3");
        assertThat(status(0)).isEqualTo(RingLayout.STATUS_KERNEL);
        assertThat(status(1)).isEqualTo(RingLayout.STATUS_KERNEL);
    }

    @Test
    void drain_packetOfOurs_isHandedOnAsOutgoing() {
        fill(0, 0x0800, 40, 0);
        memory.put(RingLayout.PACKET_TYPE, RingLayout.TYPE_OUTGOING);
        fill(1, 0x0800, 40, 0);
        ring.drain(2);
        assertThat(seen.get(0)).endsWith(" outgoing");
        assertThat(seen.get(1)).doesNotContain("outgoing");
    }

    @Test
    void drain_severalRounds_goesOnWhereItStopped() {
        for (int i = 0; i < 3 * SLOTS; i++) {
            fill(i % SLOTS, 0x0800, i, i);
            assertThat(ring.drain(100)).isEqualTo(1);
        }
        assertThat(seen).hasSize(3 * SLOTS);
    }

    @Test
    void drain_limit_leavesTheRest() {
        for (int i = 0; i < SLOTS; i++) {
            fill(i, 0x0800, 40, i);
        }
        assertThat(ring.drain(5)).isEqualTo(5);
        assertThat(status(5)).isEqualTo(RingLayout.STATUS_USER);
        assertThat(ring.drain(5)).isEqualTo(3);
    }

    @Test
    void drain_sinkWithLittleRoom_leavesTheRestInTheRing() {
        RoomySink sink = new RoomySink();
        SlotRing full = new SlotRing(memory, RingLayout.SLOT_BYTES, queued, sink);
        for (int i = 0; i < 5; i++) {
            fill(i, 0x0800, 40, i);
        }
        sink.room = 3;
        assertThat(full.drain(100)).isEqualTo(3);
        sink.room = 0;
        assertThat(full.drain(100)).isEqualTo(SlotRing.NO_ROOM);
        assertThat(status(3)).isEqualTo(RingLayout.STATUS_USER);
        sink.room = 100;
        assertThat(full.drain(100)).isEqualTo(2);
        assertThat(sink.seen).containsExactly("begin 5", "packet", "packet", "packet", "end", "begin 2", "begin 2",
                "packet", "packet", "end");
    }

    @Test
    void drain_sinkFails_givesTheSlotBackAndGoesOn() {
        SlotRing failing = new SlotRing(memory, RingLayout.SLOT_BYTES, queued,
                (etherType, frame, offset, length, nanos, index, outgoing) -> {
                    throw new IllegalStateException("sink");
                });
        fill(0, 0x0800, 40, 0);
        assertThatThrownBy(() -> failing.drain(1)).hasMessage("sink");
        assertThat(status(0)).isEqualTo(RingLayout.STATUS_KERNEL);
        assertThat(failing.drain(1)).isZero();
    }

    @Test
    void drain_lengthBeyondSlot_isCutAtItsEnd() {
        fill(0, 0x0800, 100_000, 0);
        ring.drain(1);
        assertThat(seen.get(0)).contains("length " + RingLayout.SNAP_BYTES + " ");
    }

    @Test
    void drain_packetLongerThanItsSlot_isTakenFromTheQueue() {
        fill(0, 0x86dd, RingLayout.SNAP_BYTES, 7);
        fill(1, 0x86dd, 60, 8);
        memory.putInt(0, RingLayout.STATUS_USER | RingLayout.STATUS_COPY);
        queued.bytes = 300;
        ring.drain(2);
        assertThat(seen).containsExactly("86dd at 0 length 300 nanos 1700000000000000007 interface 3",
                "86dd at " + (RingLayout.SLOT_BYTES + PACKET_OFFSET)
                        + " length 60 nanos 1700000000000000008 interface 3");
    }

    @Test
    void drain_longPacketThatIsNotQueued_isTakenFromItsSlot() {
        fill(0, 0x86dd, RingLayout.SNAP_BYTES, 7);
        memory.putInt(0, RingLayout.STATUS_USER | RingLayout.STATUS_COPY);
        queued.bytes = -1;
        ring.drain(1);
        assertThat(seen.get(0)).startsWith("86dd at 80 length " + RingLayout.SNAP_BYTES + " ");
    }

    @Test
    void drain_tagBeforeIp_isHandedOnAsTag() {
        fill(0, 0x0800, 44, 0);
        memory.putInt(0, RingLayout.STATUS_USER | RingLayout.STATUS_VLAN_VALID);
        memory.put(PACKET_OFFSET, (byte) 0x00);
        fill(1, 0x0800, 44, 0);
        memory.putInt(RingLayout.SLOT_BYTES, RingLayout.STATUS_USER | RingLayout.STATUS_VLAN_VALID);
        memory.put(RingLayout.SLOT_BYTES + PACKET_OFFSET, (byte) 0x45);
        ring.drain(2);
        assertThat(seen.get(0)).startsWith("8100 at 80 ");
        assertThat(seen.get(1)).startsWith("800 at " + (RingLayout.SLOT_BYTES + PACKET_OFFSET) + " ");
    }

    @Test
    void drain_decodedPackets_allocatesNothing() {
        CountingPublisher publisher = new CountingPublisher();
        SlotRing decoding = new SlotRing(memory, RingLayout.SLOT_BYTES, queued,
                new ProbeSink(publisher, new CaptureCounters()));
        drainMany(decoding, 20_000);
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        drainMany(decoding, 20_000);
        long allocated = threads.getCurrentThreadAllocatedBytes() - before;
        assertThat(publisher.published).isEqualTo(40_000L * SLOTS);
        assertThat(allocated).as("bytes over 160,000 packets").isLessThan(10_000);
    }

    private void drainMany(SlotRing decoding, int rounds) {
        for (int round = 0; round < rounds; round++) {
            for (int i = 0; i < SLOTS; i++) {
                fill(i, 0x0800, 40, i);
                writeSyn(i * RingLayout.SLOT_BYTES + PACKET_OFFSET);
            }
            decoding.drain(SLOTS);
        }
    }

    private void writeSyn(int at) {
        ByteBuffer packet = memory.order(ByteOrder.BIG_ENDIAN);
        packet.put(at, (byte) 0x45).putShort(at + 2, (short) 40).put(at + 8, (byte) 64).put(at + 9, (byte) 6);
        packet.putInt(at + 12, 0xC0000201).putInt(at + 16, 0xC0000202);
        packet.putShort(at + 20, (short) 40_000).putShort(at + 22, (short) 80);
        packet.put(at + 32, (byte) 0x50).put(at + 33, (byte) 0x02);
        memory.order(ByteOrder.nativeOrder());
    }

    private void fill(int slot, int etherType, int length, int nanos) {
        int at = slot * RingLayout.SLOT_BYTES;
        memory.order(ByteOrder.nativeOrder());
        memory.putInt(at + RingLayout.CAPTURED_LENGTH, length);
        memory.putShort(at + RingLayout.NETWORK_OFFSET, (short) PACKET_OFFSET);
        memory.putInt(at + RingLayout.SECONDS, 1_700_000_000).putInt(at + RingLayout.NANOSECONDS, nanos);
        memory.putInt(at + RingLayout.INTERFACE_INDEX, 3);
        memory.order(ByteOrder.BIG_ENDIAN).putShort(at + RingLayout.PROTOCOL, (short) etherType);
        memory.order(ByteOrder.nativeOrder()).putInt(at + RingLayout.STATUS, RingLayout.STATUS_USER);
    }

    private int status(int slot) {
        return memory.getInt(slot * RingLayout.SLOT_BYTES);
    }

    private void note(int etherType, ByteBuffer frame, int offset, int length, long epochNanos, int index,
                      boolean outgoing) {
        assertThat(frame.order()).isEqualTo(ByteOrder.BIG_ENDIAN);
        seen.add(Integer.toHexString(etherType) + " at " + offset + " length " + length + " nanos " + epochNanos
                + " interface " + index + (outgoing ? " outgoing" : ""));
    }

    private static final class RoomySink implements PacketSink {

        private final List<String> seen = new ArrayList<>();
        private int room;

        @Override
        public int beginBatch(int packets) {
            seen.add("begin " + packets);
            return Math.min(room, packets);
        }

        @Override
        public void accept(int etherType, ByteBuffer frame, int offset, int length, long epochNanos,
                           int interfaceIndex, boolean outgoing) {
            seen.add("packet");
        }

        @Override
        public void endBatch() {
            seen.add("end");
        }
    }

    private static final class CountingPublisher implements ProbePublisher {

        private final ProbeEvent event = new ProbeEvent();
        private long published;

        @Override
        public ProbeEvent begin() {
            event.clear();
            return event;
        }

        @Override
        public boolean publish() {
            published++;
            return true;
        }
    }

    private static final class Queued implements LongPackets {

        private final ByteBuffer packet = ByteBuffer.allocateDirect(RingLayout.LONG_SNAP_BYTES);
        private int bytes;

        @Override
        public int receive() {
            return bytes;
        }

        @Override
        public ByteBuffer packet() {
            return packet;
        }
    }
}
