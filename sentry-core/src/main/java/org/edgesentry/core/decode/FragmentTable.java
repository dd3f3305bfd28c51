package org.edgesentry.core.decode;

import java.util.concurrent.TimeUnit;
import org.edgesentry.core.hash.SipHash;
import org.edgesentry.core.limits.Limits;
import org.edgesentry.core.probe.ProbeEvent;

/**
 * Remembers the few bytes of fragmented packets that decide what a probe is.
 *
 * <p><b>What has to be remembered.</b> A decoder does not need whole packets, only the first 16 bytes of a TCP or SCTP
 * header. The smallest fragment carries eight. So a header can be split in one way only: bytes 0-7, the head, in the
 * fragment with offset 0, and bytes 8-15, the rest, in the one with offset 8. Either may come first. No payload is ever
 * copied, and everything at a higher offset is no concern.
 *
 * <p><b>Contradictions.</b> Which of two overlapping fragments a host believes differs from host to host, so an
 * attacker can show a harmless header to the sensor and another one to the host (RFC 1858, RFC 3128; Ptacek and
 * Newsham, "Insertion, Evasion, and Denial of Service", 1998). And what a host has thrown away is not to be seen from
 * outside: Linux forgets all fragments of a packet when any two of them overlap (RFC 5722), wherever. So a slot does
 * not end when its packet is joined. As long as it lives, each further head is joined with the one rest that is known;
 * whatever else could be put together in more than one way is an evasion. Whichever head and rest the host takes, an
 * event has said so.
 *
 * <p><b>Being full.</b> An attacker can send any number of halves. The place of a packet is eight slots in a row,
 * picked by a hash whose key is random, so halves cannot be aimed at one place. When all eight are live nobody is
 * pushed out: the newcomer gets no slot, and a split header without a slot is reported as an evasion there and then.
 * Flooding thus makes later split headers reported sooner, and hides none. The one exception is a slot whose packet has
 * been reported: it yields to a half that waits, which keeps the place as full as it was.
 *
 * <p><b>Time.</b> A slot lives for a minute after the last fragment of its packet, by the clock of the events. That is
 * the longest that hosts wait (RFC 8200, and Linux for IPv6; Linux waits 30 seconds for IPv4): whoever forgets a half
 * sooner than the host does not see the probe.
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
     * @param waits whether the fragment has to wait for another, and so may take the slot of a packet that was reported
     * @return null when all slots in its place are taken
     */
    FragmentSlot slotOf(ProbeEvent event, int protocol, int identification, boolean waits) {
        int place = place(event, protocol, identification);
        FragmentSlot free = null;
        FragmentSlot reported = null;
        for (int i = 0; i < PLACE; i++) {
            FragmentSlot slot = slots[(place + i) & MASK];
            if (!slot.isLive(event.epochNanos, LIFETIME_NANOS)) {
                free = slot;
            } else if (slot.isOf(event, protocol, identification)) {
                slot.touch(event.epochNanos);
                return slot;
            } else if (waits && slot.isReported()) {
                reported = slot;
            }
        }
        FragmentSlot slot = free != null ? free : reported;
        if (slot != null) {
            slot.begin(event, protocol, identification);
            slot.touch(event.epochNanos);
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
