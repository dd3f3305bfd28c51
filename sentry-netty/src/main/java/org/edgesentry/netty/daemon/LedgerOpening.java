package org.edgesentry.netty.daemon;

import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.edgesentry.actions.ledger.LateLedger;
import org.edgesentry.actions.ledger.SqliteLedger;
import org.edgesentry.core.ledger.BlockLedger;
import org.edgesentry.core.time.WallClock;

/**
 * Opens the ledger of blocks beside the rest of the start, since a database takes its time. Without a ledger the daemon
 * works all the same, and says what that means. Thread: its own, which ends with the opening.
 */
final class LedgerOpening {

    private static final Logger LOG = LogManager.getLogger(LedgerOpening.class);

    private final CompletableFuture<BlockLedger> ledger = new CompletableFuture<>();

    /** Begins to open the ledger in STATE_DIR. */
    LedgerOpening(Path stateDirectory, WallClock clock) {
        Thread thread = new Thread(() -> ledger.complete(open(stateDirectory, clock)), "sentry-ledger");
        thread.setDaemon(true);
        thread.start();
    }

    private static BlockLedger open(Path stateDirectory, WallClock clock) {
        try {
            return LateLedger.open(() -> SqliteLedger.open(stateDirectory, clock, line -> LOG.warn("{}", line)));
        } catch (RuntimeException | LinkageError e) {
            LOG.warn("Blocks will not survive a restart, since there is no ledger: {}", e.getMessage());
            return BlockLedger.NONE;
        }
    }

    /** Waits for it. */
    BlockLedger ledger() {
        return ledger.join();
    }
}
