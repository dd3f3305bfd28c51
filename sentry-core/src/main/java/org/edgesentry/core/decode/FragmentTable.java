package org.edgesentry.core.decode;

import java.util.concurrent.TimeUnit;
import org.edgesentry.core.hash.SipHash;
import org.edgesentry.core.limits.Limits;
import org.edgesentry.core.probe.ProbeEvent;

/**
 * Remembers the few bytes of fragmented packets that decide what a probe is, until the rest of them comes.
 *
 * <p><b>What has to be remembered.</b> A decoder does not need whole packets, only the first 16 bytes of a TCP or SCTP
 * header. The smallest fragment carries eight. So a header can be split in one way only: bytes 0-7 in the fragment with
 * offset 0, bytes 8-15 in the one with offset 8. Either may come first. A slot holds one of the two, eight bytes, and
 * is free again when the other comes. No payload is ever copied. Everything at a higher offset is no concern.
 *
 * <p><b>Overlaps.</b> Which of two fragments a host believes where they overlap differs from host to host, so an
 * attacker can show a harmless header to the sensor and another one to the host (RFC 1858, RFC 3128; Ptacek and
 * Newsham, "Insertion, Evasion, and Denial of Service", 1998). RFC 5722 has the host drop such packets. Here they are
 * reported, not judged by either version. For that a slot also remembers first fragments that were large enough to be
 * decided at once, so that a later fragment with offset 8 is seen to overwrite flags.
 *
 * <p><b>Being full.</b> An attacker can send any number of halves. The place of a packet is eight slots in a row,
 * picked by a hash whose key is random, so halves cannot be aimed at one place. When all eight are live nobody is
 * pushed out: the newcomer gets no slot, and a split header without a slot is reported as an evasion there and then.
 * Flooding thus makes later split headers reported sooner, and hides none. The one exception is a slot that is merely
 * remembered after its decision: it yields to a half that waits.
 *
 * <p><b>Time.</b> A slot lives 30 seconds by the clock of the events, as in Linux (ipfrag_time); RFC 791 asks for 15
 * to 255, RFC 8200 for 60. It is measured from the first piece, so that repeating a piece keeps nothing alive.
 *
 * <p>The table is 1024 slots, some 100 kB, allocated once. A lookup looks through all eight slots of a place, used or
 * not, so a slot can be freed without a trace.
 *
 * <p>Thread: the decoder's.
 */
final class FragmentTable {

    private static final int MASK = Limits.FRAGMENTED_PACKETS - 1;
    private static final int PLACE = 8;
    private static final long LIFETIME_NANOS = TimeUnit.SECONDS.toNanos(Limits.FRAGMENT_SECONDS);

    private final FragmentSlot[] slots = new FragmentSlot[Limits.FRAGMENTED_PACKETS];
    private final SipHash hash;

    FragmentTable(SipHash hash) {
        this.hash = hash;
        for (int i = 0; i < slots.length; i++) {
            slots[i] = new FragmentSlot();
        }
    }

    /**
     * The slot of this packet: the one that it has, else a new one, {@code FREE}, for the caller to fill or leave.
     *
     * @param event addresses and time of the fragment
     * @param waits whether the fragment has to wait for another, and so may take the slot of a decided packet
     * @return null when all slots in its place are taken
     */
    FragmentSlot slotOf(ProbeEvent event, int protocol, int identification, boolean waits) {
        int place = place(event, protocol, identification);
        FragmentSlot free = null;
        FragmentSlot decided = null;
        for (int i = 0; i < PLACE; i++) {
            FragmentSlot slot = slots[(place + i) & MASK];
            if (!slot.isLive(event.epochNanos, LIFETIME_NANOS)) {
                free = slot;
            } else if (slot.isOf(event, protocol, identification)) {
                return slot;
            } else if (waits && slot.state == FragmentSlot.State.DECIDED) {
                decided = slot;
            }
        }
        FragmentSlot slot = free != null ? free : decided;
        if (slot != null) {
            slot.begin(event, protocol, identification);
        }
        return slot;
    }

    private int place(ProbeEvent event, int protocol, int identification) {
        long source = hash.hash(event.sourceHi, event.sourceLo);
        long destination = hash.hash(event.destinationHi, event.destinationLo);
        long packet = (long) identification << 32 | FragmentSlot.keyProtocol(event, protocol);
        return (int) hash.hash(source + packet, destination) & MASK;
    }
}
