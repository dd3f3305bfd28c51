package org.edgesentry.netty.daemon;

import java.util.List;
import org.edgesentry.core.config.Fault;

/** Why the daemon does not start: lines for the administrator that say what to do, and the exit status. */
final class StartFailure extends Exception {

    static final int COULD_NOT_WORK = 1;
    static final int BAD_CONFIGURATION = 2;

    private static final long serialVersionUID = 1L;

    private final int exitStatus;
    private final String prefix;

    StartFailure(int exitStatus, String line) {
        super(line);
        this.exitStatus = exitStatus;
        this.prefix = "sentry: ";
    }

    /** Faults of a file, a line each, which begins with the file's name and the line's number, as editors expect. */
    StartFailure(List<Fault> faults) {
        super(String.join(System.lineSeparator(), faults.stream().map(Fault::toString).toList()));
        this.exitStatus = BAD_CONFIGURATION;
        this.prefix = "";
    }

    /** What to print, a line each. */
    List<String> lines() {
        return getMessage().lines().map(line -> prefix + line).toList();
    }

    int exitStatus() {
        return exitStatus;
    }
}
