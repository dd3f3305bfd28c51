package org.edgesentry.core.decode;

import java.nio.ByteBuffer;
import org.edgesentry.core.net.AddressFamily;
import org.edgesentry.core.probe.ProbeEvent;

/**
 * Decides what a fragment says about its packet. The first fragment decides; a transport header that is split over two
 * is joined; one that is hidden or contradicts itself is reported as an evasion, never read at a guess.
 *
 * <pre>
 * first fragment has    and the table has      then
 * 16 bytes of header    nothing                packet; remember it against overwriting
 *                       a half                 evasion: they overlap
 * 8 bytes of header     nothing                hold it
 *                       bytes 8-15             packet, joined
 *                       the same 8 bytes       hold it, a duplicate
 *                       other bytes            evasion
 * fewer                 -                      evasion
 *
 * fragment at 8
 * 8 bytes or more       nothing                hold it
 *                       bytes 0-7              packet, joined
 *                       the same 8 bytes       hold it, a duplicate
 *                       other bytes            evasion
 *                       a whole header         evasion: it overwrites
 * </pre>
 *
 * <p>What came first stays in the table through a contradiction and can still be joined: Linux keeps the first copy of
 * a repeated fragment too (inet_fragment.c, IPFRAG_DUP), so a second one must not make this table forget it.
 *
 * <p>Thread: the decoder's.
 */
final class FragmentDecoder {

    private static final int HEAD_LENGTH = TransportDecoder.HEAD_LENGTH;
    private static final int SPLIT_LENGTH = TransportDecoder.HEAD_AND_REST_LENGTH;

    private final FragmentTable table;

    FragmentDecoder(FragmentTable table) {
        this.table = table;
    }

    /** Marks a packet whose header is hidden; what the event holds by now is all that is known. */
    static DecodeStatus evasion(ProbeEvent event) {
        event.fragmentEvasion = true;
        return DecodeStatus.PACKET;
    }

    /**
     * Reads a first fragment.
     *
     * @param protocol of the transport header at {@code start}
     * @param length bytes from there to the end of the fragment, as the IP header says
     */
    DecodeStatus first(ByteBuffer frame, int protocol, int start, int end, int length, int identification,
            ProbeEvent event) {
        event.protocol = protocol;
        int decisive = TransportDecoder.decisiveLength(protocol);
        if (length < Math.min(decisive, HEAD_LENGTH)) {
            return evasion(event);
        }
        if (end - start < Math.min(decisive, length)) {
            return DecodeStatus.MALFORMED;
        }
        if (decisive < SPLIT_LENGTH) {
            return TransportDecoder.decode(frame, protocol, start, end, TransportDecoder.UNKNOWN_LENGTH, event);
        }
        long head = frame.getLong(start);
        if (length < SPLIT_LENGTH) {
            return head(head, protocol, identification, event);
        }
        return decide(head, protocol, identification, event)
                ? TransportDecoder.decode(frame, protocol, start, end, TransportDecoder.UNKNOWN_LENGTH, event)
                : evasion(head, protocol, event);
    }

    /** Marks a first fragment that no correct sender makes; reads its ports if they are there. */
    static DecodeStatus evasion(ByteBuffer frame, int protocol, int start, int end, ProbeEvent event) {
        event.protocol = protocol;
        return end - start < HEAD_LENGTH ? evasion(event) : evasion(frame.getLong(start), protocol, event);
    }

    /**
     * Reads a fragment behind the first.
     *
     * @param offset where its bytes belong in the packet
     * @param length bytes in the fragment, as the IP header says
     */
    DecodeStatus later(ByteBuffer frame, int protocol, int offset, int start, int end, int length, int identification,
            ProbeEvent event) {
        event.protocol = protocol;
        // What protocol an IPv6 packet carries is known by its first fragment only.
        boolean mayBeSplit = event.family == AddressFamily.IPV6
                || TransportDecoder.decisiveLength(protocol) == SPLIT_LENGTH;
        if (offset != HEAD_LENGTH || !mayBeSplit) {
            return DecodeStatus.LATER_FRAGMENT;
        }
        if (end - start < Math.min(length, HEAD_LENGTH)) {
            return DecodeStatus.MALFORMED;
        }
        return length < HEAD_LENGTH
                ? tooShort(protocol, identification, event)
                : rest(frame.getLong(start), protocol, identification, event);
    }

    /** Remembers a whole header; false when it overlaps a half that came before. */
    private boolean decide(long head, int protocol, int identification, ProbeEvent event) {
        FragmentSlot slot = table.slotOf(event, protocol, identification, false);
        if (slot == null) {
            return true;
        }
        if (slot.state == FragmentSlot.State.HEAD || slot.state == FragmentSlot.State.REST) {
            return false;
        }
        // A packet that was decided before is repeated, or its number is used again: the new one counts.
        slot.begin(event, protocol, identification);
        slot.state = FragmentSlot.State.DECIDED;
        slot.protocol = protocol;
        slot.head = head;
        return true;
    }

    /** Bytes 0-7 of a split header. */
    private DecodeStatus head(long head, int protocol, int identification, ProbeEvent event) {
        FragmentSlot slot = table.slotOf(event, protocol, identification, true);
        if (slot == null) {
            return evasion(head, protocol, event);
        }
        return switch (slot.state) {
            case FREE -> {
                slot.state = FragmentSlot.State.HEAD;
                slot.protocol = protocol;
                slot.head = head;
                slot.ipOptions = event.ipOptions;
                yield DecodeStatus.FRAGMENT_HELD;
            }
            case REST -> join(slot, protocol, head, slot.rest, event);
            case HEAD -> slot.head == head && slot.protocol == protocol
                    ? DecodeStatus.FRAGMENT_HELD
                    : evasion(head, protocol, event);
            case DECIDED -> evasion(head, protocol, event);
        };
    }

    /** Bytes 8-15 of a split header. */
    private DecodeStatus rest(long rest, int protocol, int identification, ProbeEvent event) {
        FragmentSlot slot = table.slotOf(event, protocol, identification, true);
        if (slot == null) {
            return evasion(event);
        }
        return switch (slot.state) {
            case FREE -> {
                slot.state = FragmentSlot.State.REST;
                slot.rest = rest;
                slot.ipOptions = event.ipOptions;
                yield DecodeStatus.FRAGMENT_HELD;
            }
            case HEAD -> join(slot, slot.protocol, slot.head, rest, event);
            case REST -> slot.rest == rest ? DecodeStatus.FRAGMENT_HELD : evasion(event);
            case DECIDED -> evasion(slot.head, slot.protocol, event);
        };
    }

    /** A fragment at offset 8 that holds too little to complete a header that is waiting for it. */
    private DecodeStatus tooShort(int protocol, int identification, ProbeEvent event) {
        FragmentSlot slot = table.slotOf(event, protocol, identification, false);
        boolean waitedFor = slot != null && slot.state == FragmentSlot.State.HEAD;
        return waitedFor ? evasion(slot.head, slot.protocol, event) : DecodeStatus.LATER_FRAGMENT;
    }

    private static DecodeStatus join(FragmentSlot slot, int protocol, long head, long rest, ProbeEvent event) {
        slot.release();
        event.ipOptions |= slot.ipOptions;
        return TransportDecoder.join(protocol, head, rest, event);
    }

    private static DecodeStatus evasion(long head, int protocol, ProbeEvent event) {
        event.protocol = protocol;
        TransportDecoder.headOnly(protocol, head, event);
        return evasion(event);
    }
}
