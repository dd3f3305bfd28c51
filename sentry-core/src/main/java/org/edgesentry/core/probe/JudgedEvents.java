package org.edgesentry.core.probe;

/**
 * Hears of every event that the last handler is done with.
 *
 * <p>Thread: that of the last handler. Must not throw, wait or allocate.
 */
@FunctionalInterface
public interface JudgedEvents {

    /** Nobody hears. */
    JudgedEvents UNHEARD = (event, endOfBatch) -> { };

    /** An event is done with; at the end of a batch the handler waits for more, or finds more published since. */
    void judged(ProbeEvent event, boolean endOfBatch);
}
