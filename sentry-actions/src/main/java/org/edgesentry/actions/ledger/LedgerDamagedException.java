package org.edgesentry.actions.ledger;

import java.io.IOException;
import java.nio.file.Path;

/**
 * The ledger's file is damaged, or no longer there. {@link SqliteLedger#startOver} begins a new one; until then every
 * call that needs the file ends like this. Thread: immutable.
 */
public final class LedgerDamagedException extends IOException {

    private static final long serialVersionUID = 1L;

    private final String reason;

    LedgerDamagedException(Path file, String reason, Throwable cause) {
        super("the ledger " + file + " can no longer be used: " + reason, cause);
        this.reason = reason;
    }

    /** What is wrong with the file, without its name. */
    public String reason() {
        return reason;
    }
}
