package org.edgesentry.core.probe;

/** What a slot of the probe ring carries. */
public enum EventKind {

    /** Nothing: a slot that was claimed with a batch and not needed. No handler sees it. */
    NONE,
    /** A packet or a connection attempt, to be judged. */
    PROBE,
    /** A second has passed: forget the silent, look for scans that have ended. */
    TICK,
    /** Close the next scan that has ended. */
    CLOSING,
    /** Close the next scan whether it has ended or not: the daemon stops. */
    CLOSE_ALL,
    /** No more packets come: what waits for an answer has none. */
    END_OF_INPUT,
    /** The actions report that the firewall now drops the source, until {@code blockedUntilNanos}. */
    BLOCK_DONE,
    /** The actions report that the source could not be blocked; it stays pending. */
    BLOCK_FAILED,
    /** The actions report that the source is blocked no more. */
    BLOCK_ENDED,
    /** The operator asks for something: {@link ProbeEvent#command}. */
    COMMAND,
    /** Settings or the host have changed: every handler, and then the actions, ask for their rules anew. */
    RENEW
}
