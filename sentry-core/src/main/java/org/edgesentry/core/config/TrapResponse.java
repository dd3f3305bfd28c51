package org.edgesentry.core.config;

/** TRAP_RESPONSE: what a connect trap does with a connection. */
public enum TrapResponse {

    /** Close it in order. */
    CLOSE,
    /** Reset it. */
    RESET,
    /** Send PORT_BANNER, then close. */
    BANNER,
    /** Hold it open at next to no cost. */
    TARPIT
}
