package org.edgesentry.core.probe;

/**
 * One of the four steps that every event of the probe ring passes. Knows the event and its own state, nothing else.
 *
 * <p>Thread: always the same one for one handler. Must not throw, wait or allocate.
 */
@FunctionalInterface
public interface ProbeHandler {

    /** Takes the event on; what it finds out it writes into the event. */
    void handle(ProbeEvent event);

    /**
     * Hears which events come next where several wait, so that it may bring what they need into the cache. Changes
     * nothing, and need not be told: a hint.
     */
    default void foresee(UpcomingEvents events) {
        // Most handlers need nothing but the event.
    }
}
