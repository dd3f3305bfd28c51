package org.edgesentry.netty.host;

import java.util.List;

/**
 * A fact about this machine as far as it could be read, and what stood in the way.
 *
 * <p>Thread: immutable when the value is.
 *
 * @param value what was found; empty when nothing could be read
 * @param problems a line each, fit for the log; empty when all went well
 * @param <T> kind of fact
 */
public record Reading<T>(T value, List<String> problems) {

    /** Takes a copy. */
    public Reading {
        problems = List.copyOf(problems);
    }
}
