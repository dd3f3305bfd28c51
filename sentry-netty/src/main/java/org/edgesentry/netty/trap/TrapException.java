package org.edgesentry.netty.trap;

/** The traps cannot be had as they were asked for. The message is one line that says what to do. */
public final class TrapException extends Exception {

    private static final long serialVersionUID = 1L;

    TrapException(String line) {
        super(line);
    }
}
