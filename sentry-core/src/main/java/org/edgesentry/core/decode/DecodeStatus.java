package org.edgesentry.core.decode;

/** What the decoder made of a frame. An expected value, never an exception. */
public enum DecodeStatus {

    /** The event describes one packet, or a fragment evasion. */
    PACKET,
    /** Headers contradict each other or end too early; the event says so and is otherwise not to be trusted. */
    MALFORMED,
    /** No IP packet: ARP, LLDP, and the like. */
    NOT_IP,
    /** A fragment behind the first that nothing waits for. */
    LATER_FRAGMENT,
    /** A fragment that was put aside until the rest of its transport header comes. */
    FRAGMENT_HELD
}
