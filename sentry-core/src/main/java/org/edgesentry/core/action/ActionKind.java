package org.edgesentry.core.action;

/** What a slot of the action ring asks for. */
public enum ActionKind {

    /** A probe to be reported, and perhaps its source to be blocked. */
    PROBE,
    /** A scan has ended, or goes on for long: write the line that sums it up. */
    CLOSING,
    /** A second has passed: expire blocks, write what is due. */
    TICK
}
