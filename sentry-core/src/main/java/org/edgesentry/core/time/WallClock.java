package org.edgesentry.core.time;

/**
 * Tells the time of day. Everything that needs to know what time it is takes one of these, so that a test moves time by
 * hand and a replay takes the time from its file.
 *
 * <p>Thread: any. Unit: nanoseconds since 1970-01-01T00:00:00Z, good until the year 2262.
 */
@FunctionalInterface
public interface WallClock {

    /** Nanoseconds since the epoch. */
    long epochNanos();
}
