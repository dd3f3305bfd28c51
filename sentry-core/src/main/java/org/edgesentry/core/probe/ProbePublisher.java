package org.edgesentry.core.probe;

/**
 * The way into the pipeline, and all that a source knows of it. One publisher belongs to one thread.
 *
 * <pre>{@code
 * ProbeEvent event = publisher.claim();
 * if (event != null) {           // null: the ring is full, and the loss is counted
 *     fill(event);
 *     publisher.publish();
 * }
 * }</pre>
 *
 * <p>Never waits, never allocates. Between {@link #claim} and {@link #publish} nothing may throw: an unpublished slot
 * stops the pipeline.
 */
public interface ProbePublisher {

    /** A cleared slot to fill, or {@code null} when the ring is full (then the probe is counted as lost). */
    ProbeEvent claim();

    /** Hands the slot that was claimed last to the pipeline. */
    void publish();
}
