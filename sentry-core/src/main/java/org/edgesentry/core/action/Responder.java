package org.edgesentry.core.action;

/**
 * Does what the pipeline asks for. Implemented by the actions; called by the action ring's one worker thread.
 *
 * <p>May take its time (the ring holds the backlog, the pipeline never waits) but must not throw for anything that the
 * outside world can cause: a failed block is reported through {@link BlockOutcomes}, a failed write is logged once.
 */
public interface Responder {

    /**
     * Takes one request.
     *
     * @param request valid during the call only
     * @param endOfBatch whether the ring is empty after this one: now commit what was collected
     */
    void respond(ActionRequest request, boolean endOfBatch);

    /** Called once, after the last request: write what is still held back and let go of files. */
    void close();
}
