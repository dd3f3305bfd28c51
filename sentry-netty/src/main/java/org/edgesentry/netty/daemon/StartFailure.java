package org.edgesentry.netty.daemon;

import java.util.List;

/** Why the daemon does not start: lines for the administrator that say what to do, and the exit status. */
final class StartFailure extends Exception {

    static final int COULD_NOT_WORK = 1;
    static final int BAD_CONFIGURATION = 2;

    private static final long serialVersionUID = 1L;

    private final int exitStatus;

    StartFailure(int exitStatus, String line) {
        super(line);
        this.exitStatus = exitStatus;
    }

    StartFailure(int exitStatus, List<?> lines) {
        this(exitStatus, String.join(System.lineSeparator(), lines.stream().map(Object::toString).toList()));
    }

    int exitStatus() {
        return exitStatus;
    }
}
