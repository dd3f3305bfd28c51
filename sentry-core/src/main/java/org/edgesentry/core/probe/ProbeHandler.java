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
}
