package org.edgesentry.core.probe;

/**
 * Events that a handler will be given next, one after the other, as far as they are known.
 *
 * <p>Thread: that of the handler, while it is told of them.
 */
public interface UpcomingEvents {

    /** How many, at most {@link org.edgesentry.core.limits.Limits#PROBES_FORESEEN}. */
    int count();

    /** One of them, as its source and the handlers before have left it. */
    ProbeEvent event(int place);
}
