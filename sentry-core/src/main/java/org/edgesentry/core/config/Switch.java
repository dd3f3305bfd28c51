package org.edgesentry.core.config;

/** A setting that is on, off, or left to the daemon. */
public enum Switch {

    /** The daemon decides. */
    AUTO,
    /** {@code 0}. */
    OFF,
    /** {@code 1}. */
    ON
}
