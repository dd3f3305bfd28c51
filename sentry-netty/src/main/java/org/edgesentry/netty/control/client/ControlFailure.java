package org.edgesentry.netty.control.client;

/** The daemon did not do what was asked. The message is a line for the operator that says what to do. */
public final class ControlFailure extends Exception {

    private static final long serialVersionUID = 1L;

    ControlFailure(String message) {
        super(message);
    }

    ControlFailure(String message, Throwable cause) {
        super(message, cause);
    }
}
