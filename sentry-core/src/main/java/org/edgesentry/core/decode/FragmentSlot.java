package org.edgesentry.core.decode;

import org.edgesentry.core.net.AddressFamily;
import org.edgesentry.core.probe.ProbeEvent;

/**
 * What is known of one fragmented packet. Lives in the {@link FragmentTable} and is used again and again.
 *
 * <p>Thread: the decoder's.
 */
final class FragmentSlot {

    /**
     * How far the packet is.
     *
     * <pre>
     * FREE      nothing is known
     * HEAD      bytes 0-7 of the transport header have come, 8-15 are waited for
     * REST      bytes 8-15 have come, 0-7 are waited for
     * DECIDED   bytes 0-15 came in the first fragment; nothing may overwrite them now
     * </pre>
     */
    enum State { FREE, HEAD, REST, DECIDED }

    State state = State.FREE;
    /** Transport protocol, when the first fragment has come. */
    int protocol;
    /** Bytes 0-7 of the transport header, in HEAD and DECIDED. */
    long head;
    /** Bytes 8-15 of the transport header, in REST. */
    long rest;
    /** Whether a fragment that is held had IP options. */
    boolean ipOptions;

    private long sinceNanos;
    private int family;
    private int keyProtocol;
    private int identification;
    private long sourceHi;
    private long sourceLo;
    private long destinationHi;
    private long destinationLo;

    /**
     * The protocol as far as it tells packets apart. Fragments of one IPv6 packet may name different ones (RFC 8200,
     * section 4.5), so there it tells nothing.
     */
    static int keyProtocol(ProbeEvent event, int protocol) {
        return event.family == AddressFamily.IPV4 ? protocol : 0;
    }

    /** Makes this the slot of the event's packet, of which nothing is known yet. */
    void begin(ProbeEvent event, int ofProtocol, int ofIdentification) {
        state = State.FREE;
        ipOptions = false;
        sinceNanos = event.epochNanos;
        family = event.family;
        keyProtocol = keyProtocol(event, ofProtocol);
        identification = ofIdentification;
        sourceHi = event.sourceHi;
        sourceLo = event.sourceLo;
        destinationHi = event.destinationHi;
        destinationLo = event.destinationLo;
    }

    void release() {
        state = State.FREE;
    }

    boolean isOf(ProbeEvent event, int ofProtocol, int ofIdentification) {
        return identification == ofIdentification && sourceLo == event.sourceLo && sourceHi == event.sourceHi
                && destinationLo == event.destinationLo && destinationHi == event.destinationHi
                && family == event.family && keyProtocol == keyProtocol(event, ofProtocol);
    }

    /** A clock that stepped back by more than a lifetime ends it as well. */
    boolean isLive(long epochNanos, long lifetimeNanos) {
        long ageNanos = epochNanos - sinceNanos;
        return state != State.FREE && ageNanos <= lifetimeNanos && ageNanos >= -lifetimeNanos;
    }
}
