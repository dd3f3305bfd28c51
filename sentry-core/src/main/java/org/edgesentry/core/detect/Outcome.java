package org.edgesentry.core.detect;

/** What became of a contact. Thread: immutable. */
public enum Outcome {

    /** Nothing yet. */
    PENDING,
    /** Refused, not answered in time, or such that no answer could make it honest. */
    FAILED,
    /** A service answered, and the source made use of it. */
    SERVED,
    /** Neither: part of a stream of packets, or ended before it was used. */
    NEUTRAL;

    private static final Outcome[] BY_CODE = values();

    static Outcome ofCode(int code) {
        return BY_CODE[code];
    }
}
