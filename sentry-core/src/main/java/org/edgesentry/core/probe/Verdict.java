package org.edgesentry.core.probe;

/** What the pipeline made of one probe. Every probe ends with exactly one of these; they label the counters. */
public enum Verdict {

    /** Not judged yet. */
    UNJUDGED("unjudged"),
    /** A probe of a trap: it counts against its source. */
    PROBE("probe"),
    /** Opens something with a host of the home networks; what becomes of it decides whether it counts. */
    CONTACT("contact"),
    /** From a source on the ignore list. */
    IGNORED("ignored"),
    /** An answer to something we, or somebody who forged our address, sent: SYN-ACK, RST. */
    BACKSCATTER("backscatter"),
    /** May belong to traffic that this host began itself. */
    ANSWER("answer"),
    /** Sent by this host. */
    OUTGOING("outgoing"),
    /** To a port that is no trap or that a local socket has open, or to an address that is not ours. */
    UNWATCHED("unwatched"),
    /** From a source that cannot be real: loopback, multicast, broadcast, or our own address. */
    FORGED("forged"),
    /** Not a packet that a correct sender makes; no header field of it is trusted. */
    MALFORMED("malformed");

    private final String label;

    Verdict(String label) {
        this.label = label;
    }

    /** The name in metrics and messages. */
    public String label() {
        return label;
    }
}
