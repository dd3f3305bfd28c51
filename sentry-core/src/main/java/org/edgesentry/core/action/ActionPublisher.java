package org.edgesentry.core.action;

/**
 * The way to the actions, and all that the dispatch handler knows of them. Never waits, never allocates.
 *
 * <p>Thread: pipeline only.
 */
public interface ActionPublisher {

    /** The publisher's own request, to be filled in whole; the same object every time. */
    ActionRequest begin();

    /**
     * Copies the request into the action ring.
     *
     * @return false when the ring is full: a block is then asked for again later, a line is lost and counted
     */
    boolean publish();
}
