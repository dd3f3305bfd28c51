package org.edgesentry.core.command;

/** A command was not carried out. The message is one line for the operator. Thread: any. */
public final class CommandRefusedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Without a stack trace: it says nothing about this program. */
    public CommandRefusedException(String message) {
        super(message, null, false, false);
    }
}
