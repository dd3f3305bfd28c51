package org.edgesentry.netty.capture;

/** A capture could not be opened; the message is one line that says what failed and what to do about it. */
public class CaptureException extends Exception {

    private static final long serialVersionUID = 1L;

    /** A failure found by ourselves. */
    public CaptureException(String message) {
        super(message);
    }

    /** A failure that something else reported. */
    public CaptureException(String message, Throwable cause) {
        super(message, cause);
    }
}
