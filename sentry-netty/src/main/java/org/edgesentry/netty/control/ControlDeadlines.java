package org.edgesentry.netty.control;

import java.util.concurrent.TimeUnit;
import org.edgesentry.core.limits.Limits;

/**
 * How long the control socket waits, milliseconds. Thread: immutable.
 *
 * @param requestMillis for a request to arrive
 * @param answerMillis for the daemon to do it
 * @param readerMillis for the peer to take a chunk of the answer
 */
record ControlDeadlines(long requestMillis, long answerMillis, long readerMillis) {

    /** What the daemon uses. */
    static final ControlDeadlines USUAL = new ControlDeadlines(
            TimeUnit.SECONDS.toMillis(Limits.CONTROL_REQUEST_SECONDS),
            TimeUnit.SECONDS.toMillis(Limits.CONTROL_ANSWER_SECONDS),
            TimeUnit.SECONDS.toMillis(Limits.CONTROL_READER_SECONDS));
}
