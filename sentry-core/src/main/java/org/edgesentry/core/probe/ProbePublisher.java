package org.edgesentry.core.probe;

/**
 * The way into the pipeline, and all that a source knows of it. One publisher belongs to one thread.
 *
 * <pre>{@code
 * ProbeEvent event = publisher.begin();
 * fill(event);
 * publisher.publish();           // or not: an event that is not published costs nothing
 * }</pre>
 *
 * <p>Never waits, never allocates. The event of {@link #begin} lives outside the ring, so that a source which fails
 * half way leaves no hole in it.
 */
public interface ProbePublisher {

    /** The publisher's own event, cleared, to be filled; the same object every time. */
    ProbeEvent begin();

    /**
     * Copies the event into the ring.
     *
     * @return false when the ring is full; the probe is then lost and counted under {@link ProbeEvent#seenBy}
     */
    boolean publish();
}
