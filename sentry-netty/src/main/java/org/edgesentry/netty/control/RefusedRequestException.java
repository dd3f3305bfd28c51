package org.edgesentry.netty.control;

/** A request that is not answered with what it asked for. The message is one line for who asked. Thread: any. */
final class RefusedRequestException extends Exception {

    private static final long serialVersionUID = 1L;

    private final Refusal kind;

    /** Without a stack trace: it says nothing about this program. */
    RefusedRequestException(Refusal kind, String message) {
        super(message, null, false, false);
        this.kind = kind;
    }

    Refusal kind() {
        return kind;
    }
}
