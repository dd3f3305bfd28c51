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
     * What has come of the first 16 bytes of the transport header.
     *
     * <pre>
     * FREE           nothing
     * HEAD           bytes 0-7, which are held until the others come
     * REST           bytes 8-15, which are held until the others come
     * BOTH           all; the packet is decided, and what comes now is held against it
     * CONTRADICTED   bytes that cannot be of one packet
     * </pre>
     */
    enum State { FREE, HEAD, REST, BOTH, CONTRADICTED }

    State state = State.FREE;
    /** Transport protocol, once a head has come. */
    int protocol;
    /** Bytes 0-7 of the transport header, once they have come. */
    long head;
    /** Bytes 8-15 of the transport header, once they have come. */
    long rest;
    /** Whether heads with other ports have come as well, by themselves or whole with their rest. */
    boolean manyHeads;
    /** Whether rests with other flags have come as well, whole with their heads. */
    boolean manyRests;
    /** Whether a head or a rest has come by itself. */
    boolean split;
    /** Whether a fragment that is kept had IP options. */
    boolean ipOptions;

    private long touchedNanos;
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
        manyHeads = false;
        manyRests = false;
        split = false;
        ipOptions = false;
        family = event.family;
        keyProtocol = keyProtocol(event, ofProtocol);
        identification = ofIdentification;
        sourceHi = event.sourceHi;
        sourceLo = event.sourceLo;
        destinationHi = event.destinationHi;
        destinationLo = event.destinationLo;
    }

    /** Starts the lifetime anew. */
    void touch(long epochNanos) {
        touchedNanos = epochNanos;
    }

    void keepHead(State now, long bytes, int ofProtocol, ProbeEvent event) {
        state = now;
        head = bytes;
        protocol = ofProtocol;
        ipOptions |= event.ipOptions;
    }

    void keepRest(State now, long bytes, ProbeEvent event) {
        state = now;
        rest = bytes;
        ipOptions |= event.ipOptions;
    }

    /** Whether these bytes 0-7 have the same ports. */
    boolean hasSameHead(long bytes, int ofProtocol) {
        return (head ^ bytes) >>> 32 == 0 && protocol == ofProtocol;
    }

    /** Whether these bytes 8-15 have the same flags or chunk type. */
    boolean hasSameRest(long bytes) {
        return (int) rest == (int) bytes;
    }

    boolean hasHead() {
        return state == State.HEAD || state == State.BOTH;
    }

    boolean hasRest() {
        return state == State.REST || state == State.BOTH;
    }

    boolean isReported() {
        return state == State.BOTH || state == State.CONTRADICTED;
    }

    boolean isOf(ProbeEvent event, int ofProtocol, int ofIdentification) {
        return identification == ofIdentification && sourceLo == event.sourceLo && sourceHi == event.sourceHi
                && destinationLo == event.destinationLo && destinationHi == event.destinationHi
                && family == event.family && keyProtocol == keyProtocol(event, ofProtocol);
    }

    /** A clock that stepped back by more than a lifetime ends it as well. */
    boolean isLive(long epochNanos, long lifetimeNanos) {
        long ageNanos = epochNanos - touchedNanos;
        return state != State.FREE && ageNanos <= lifetimeNanos && ageNanos >= -lifetimeNanos;
    }
}
