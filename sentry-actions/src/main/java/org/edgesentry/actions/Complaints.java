package org.edgesentry.actions;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.logging.log4j.Logger;

/**
 * Says what goes wrong once per minute and distinct reason, so that a fault which recurs with every probe cannot fill
 * the log. Time is the requests' own; when the clock steps back, the minute is over.
 *
 * <p>Thread: its owner's only, as a rule the action worker.
 */
public final class Complaints {

    private static final long MINUTE_NANOS = TimeUnit.MINUTES.toNanos(1);

    private final Logger log;
    private final Map<String, Long> saidAtNanos = new HashMap<>();
    private long swallowed;

    /** Complaints that go to this logger, as warnings. */
    public Complaints(Logger log) {
        this.log = log;
    }

    /** Logs the text unless the same reason was given less than a minute ago, or too many reasons were. */
    public void say(long epochNanos, String reason, String text) {
        saidAtNanos.values().removeIf(said -> epochNanos - said >= MINUTE_NANOS || epochNanos < said);
        if (saidAtNanos.containsKey(reason)) {
            swallowed++;
            return;
        }
        if (saidAtNanos.size() >= ActionLimits.COMPLAINTS_PER_MINUTE) {
            swallowed++;
            return;
        }
        saidAtNanos.put(reason, epochNanos);
        log.warn("{}{}", text, swallowed == 0 ? "" : " (" + swallowed + " complaints were not repeated)");
        swallowed = 0;
    }
}
