package org.edgesentry.netty.log;

import java.util.concurrent.atomic.LongAdder;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.core.async.AsyncQueueFullPolicy;
import org.apache.logging.log4j.core.async.EventRoute;

/**
 * What becomes of a line of the log that finds the queue full, since the console, the disk or the server takes nothing:
 * it gives way, whatever its level, and is counted. Nobody who has something to say ever waits.
 *
 * <p>Named in log4j2.component.properties; Log4j2 makes it. Thread: any.
 */
public final class CountedDiscard implements AsyncQueueFullPolicy {

    private static final LongAdder DISCARDED = new LongAdder();

    /** For Log4j2. */
    public CountedDiscard() {
        // Nothing is set up.
    }

    /** Lines that were never written, since the start. */
    public static long count() {
        return DISCARDED.sum();
    }

    @Override
    public EventRoute getRoute(long backgroundThreadId, Level level) {
        DISCARDED.increment();
        return EventRoute.DISCARD;
    }
}
