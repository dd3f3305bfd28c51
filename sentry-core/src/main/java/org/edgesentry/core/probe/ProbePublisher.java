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
 * <p>A source that has many probes at hand publishes them together, which costs one claim, one wake-up and no copy:
 *
 * <pre>{@code
 * int room = publisher.openBatch(packetsAtHand);
 * try {
 *     // as above, for no more than there is room for
 * } finally {
 *     publisher.closeBatch();    // only now the pipeline sees them
 * }
 * }</pre>
 *
 * <p>Never waits, never allocates. A source that fails half way leaves no hole in the ring: outside a batch, the event
 * of {@link #begin} lies outside the ring, and in a batch, what was not published is passed over.
 */
public interface ProbePublisher {

    /** An event, cleared, to be filled; the same one again until it is published. */
    ProbeEvent begin();

    /**
     * Hands the event over; in a batch, the pipeline sees it once the batch is closed.
     *
     * @return false when the ring is full; the probe is then lost and counted under {@link ProbeEvent#seenBy}
     */
    boolean publish();

    /**
     * Claims room for probes that are published together. Between this and {@link #closeBatch} lie no more than so many
     * calls of {@link #publish}, and nothing that takes long: whoever publishes next waits behind them in the ring.
     *
     * @param most how many are at hand, at least 1
     * @return how many there is room for; 0 when the ring is full, and no batch is open then
     */
    default int openBatch(int most) {
        return most;
    }

    /** Hands over what was published since {@link #openBatch}. */
    default void closeBatch() {
        // Published one by one.
    }
}
