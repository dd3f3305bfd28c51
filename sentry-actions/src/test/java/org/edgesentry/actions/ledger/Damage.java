package org.edgesentry.actions.ledger;

import java.nio.file.Path;

/** What a ledger says whose file is damaged, for tests of those who hear it. */
public final class Damage {

    private Damage() {
    }

    /** As SQLite words it. */
    public static LedgerDamagedException found() {
        return new LedgerDamagedException(Path.of("/ledger"), "database disk image is malformed", null);
    }
}
