package org.edgesentry.core.net;

/** Types of SCTP chunks (RFC 9260, section 3.2). */
public final class SctpChunk {

    /** Opens an association. */
    public static final int INIT = 1;
    /** Answers it. */
    public static final int INIT_ACK = 2;
    /** Refuses or breaks off. */
    public static final int ABORT = 6;
    /** Answers the end of an association. */
    public static final int SHUTDOWN_ACK = 8;
    /** Goes on opening, with what INIT_ACK gave. */
    public static final int COOKIE_ECHO = 10;

    private SctpChunk() {
    }
}
