package org.edgesentry.netty.host;

import java.io.IOException;

/**
 * Says when it is worth looking at the host again.
 *
 * <p>Thread: {@link #wake} for any, the rest for the watching thread; {@link #close} when that has ended.
 */
interface ChangeSignal extends AutoCloseable {

    /** Waits for a while; whether something has changed, or may have. */
    boolean await() throws IOException;

    /** Lets time pass. */
    void pause(int millis) throws IOException;

    /** Takes note of all changes up to now: the host will be looked at next. */
    void forget() throws IOException;

    /** Ends the present and every later wait at once. */
    void wake();

    @Override
    void close();
}
