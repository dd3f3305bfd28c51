package org.edgesentry.core.probe;

/** What a slot of the probe ring carries. */
public enum EventKind {

    /** A packet or a connection attempt, to be judged. */
    PROBE,
    /** A second has passed: forget the silent, close what has ended. */
    TICK,
    /** The actions report that the firewall now drops the source, until {@code epochNanos}. */
    BLOCK_DONE,
    /** The actions report that the source could not be blocked; it stays pending. */
    BLOCK_FAILED
}
