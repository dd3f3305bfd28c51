package org.edgesentry.core.decode;

import java.nio.ByteBuffer;
import org.edgesentry.core.decode.FragmentSlot.State;
import org.edgesentry.core.net.AddressFamily;
import org.edgesentry.core.probe.ProbeEvent;

/**
 * Decides what a fragment says about its packet. The first fragment decides; a transport header that is split over two
 * is joined; one that is hidden or contradicts itself is reported as an evasion, never read at a guess.
 *
 * <pre>
 *               nothing   head           rest           both               contradicted
 * head          hold      same: hold     join           join               evasion
 *                         else: evasion
 * rest          hold      join           same: hold     same: a repeat     a later fragment
 *                                        else: evasion  else: evasion
 * head and rest packet    same: packet   same: packet   same: packet       evasion
 *                         else: evasion  else: evasion  else: evasion if
 *                                                       halves have come
 * </pre>
 *
 * <p>The columns are what the {@link FragmentTable} knows of the packet, the rows what has come. An event of an evasion
 * has ports only if no other port can be meant.
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
        return headAndRest(head, frame.getLong(start + HEAD_LENGTH), protocol, identification, event);
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
        if (offset != HEAD_LENGTH || !mayBeSplit || length < HEAD_LENGTH) {
            return DecodeStatus.LATER_FRAGMENT;
        }
        if (end - start < HEAD_LENGTH) {
            return DecodeStatus.MALFORMED;
        }
        return rest(frame.getLong(start), protocol, identification, event);
    }

    /** Bytes 0-7 of a split header. */
    private DecodeStatus head(long head, int protocol, int identification, ProbeEvent event) {
        FragmentSlot slot = table.slotOf(event, protocol, identification, true);
        if (slot == null) {
            return evasion(head, protocol, event);
        }
        slot.split = true;
        return switch (slot.state) {
            case FREE -> {
                slot.keepHead(State.HEAD, head, protocol, event);
                yield DecodeStatus.FRAGMENT_HELD;
            }
            case HEAD -> {
                slot.manyHeads |= !slot.hasSameHead(head, protocol);
                yield slot.manyHeads ? contradiction(slot, event) : DecodeStatus.FRAGMENT_HELD;
            }
            case REST -> {
                slot.keepHead(State.BOTH, head, protocol, event);
                yield join(slot, head, protocol, slot.rest, event);
            }
            case BOTH -> {
                slot.manyHeads |= !slot.hasSameHead(head, protocol);
                yield slot.manyRests ? contradiction(slot, event) : join(slot, head, protocol, slot.rest, event);
            }
            case CONTRADICTED -> evasion(head, protocol, event);
        };
    }

    /** Bytes 8-15 of a split header, or of one that was whole. */
    private DecodeStatus rest(long rest, int protocol, int identification, ProbeEvent event) {
        FragmentSlot slot = table.slotOf(event, protocol, identification, true);
        if (slot == null) {
            return evasion(event);
        }
        slot.split = true;
        return switch (slot.state) {
            case FREE -> {
                slot.keepRest(State.REST, rest, event);
                yield DecodeStatus.FRAGMENT_HELD;
            }
            case HEAD -> {
                slot.keepRest(State.BOTH, rest, event);
                yield join(slot, slot.head, slot.protocol, rest, event);
            }
            case REST -> slot.hasSameRest(rest) ? DecodeStatus.FRAGMENT_HELD : contradiction(slot, event);
            case BOTH -> slot.hasSameRest(rest) && !slot.manyRests
                    ? DecodeStatus.LATER_FRAGMENT
                    : contradiction(slot, event);
            case CONTRADICTED -> DecodeStatus.LATER_FRAGMENT;
        };
    }

    /** Bytes 0-15, all that decides. */
    private DecodeStatus headAndRest(long head, long rest, int protocol, int identification, ProbeEvent event) {
        FragmentSlot slot = table.slotOf(event, protocol, identification, false);
        if (slot == null) {
            return TransportDecoder.join(protocol, head, rest, event);
        }
        if (slot.state == State.CONTRADICTED) {
            return evasion(head, protocol, event);
        }
        boolean otherHead = slot.hasHead() && !slot.hasSameHead(head, protocol);
        boolean otherRest = slot.hasRest() && !slot.hasSameRest(rest);
        slot.manyHeads |= otherHead;
        slot.manyRests |= otherRest;
        slot.keepHead(State.BOTH, head, protocol, event);
        slot.keepRest(State.BOTH, rest, event);
        // A number that is used again, for headers that are whole, is nothing unusual: the new packet counts.
        return slot.split && (otherHead || otherRest)
                ? contradiction(slot, event)
                : TransportDecoder.join(protocol, head, rest, event);
    }

    private static DecodeStatus join(FragmentSlot slot, long head, int protocol, long rest, ProbeEvent event) {
        event.ipOptions |= slot.ipOptions;
        return TransportDecoder.join(protocol, head, rest, event);
    }

    /** Which of several ports or flags the host takes is its own affair; ports are told when only one can be meant. */
    private static DecodeStatus contradiction(FragmentSlot slot, ProbeEvent event) {
        boolean onePort = slot.hasHead() && !slot.manyHeads;
        slot.state = State.CONTRADICTED;
        return onePort ? evasion(slot.head, slot.protocol, event) : evasion(event);
    }

    private static DecodeStatus evasion(long head, int protocol, ProbeEvent event) {
        event.protocol = protocol;
        TransportDecoder.headOnly(protocol, head, event);
        return evasion(event);
    }
}
