package org.edgesentry.actions.ledger;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.edgesentry.core.ledger.ActiveBlock;
import org.edgesentry.core.ledger.BlockEnd;
import org.edgesentry.core.ledger.BlockLedger;
import org.edgesentry.core.net.Cidr;
import org.edgesentry.core.text.PrintableText;
import org.edgesentry.core.time.WallClock;

/**
 * The ledger in {@code ledger.db} of the state directory, an SQLite database that an administrator can read with
 * {@code sqlite3} while it is in use ({@code SELECT * FROM readable}).
 *
 * <p>A file that cannot be used is set aside and a new one begun, with a line that says so. When it turns out later
 * (it was deleted, overwritten, cut off), calls end with a {@link LedgerDamagedException}, and {@link #startOver}
 * begins a new one with what is in force.
 *
 * <p>Thread: one at a time. Errors: {@link IOException} with one line; nothing of that call is then written.
 */
public final class SqliteLedger implements BlockLedger {

    private final LedgerFile file;
    private final WallClock clock;
    private final Consumer<String> says;
    private LedgerDatabase database;
    private String damage = "it was closed";

    private SqliteLedger(LedgerFile file, WallClock clock, Consumer<String> says) {
        this.file = file;
        this.clock = clock;
        this.says = says;
    }

    /**
     * Opens the ledger, or begins one.
     *
     * @param stateDirectory STATE_DIR; it is made if it is missing
     * @param clock the time in the name of a file that is set aside
     * @param says takes lines for the administrator
     */
    public static SqliteLedger open(Path stateDirectory, WallClock clock, Consumer<String> says) throws IOException {
        SqliteLedger ledger = new SqliteLedger(new LedgerFile(stateDirectory), clock, says);
        ledger.file.makeDirectory();
        SqliteLibrary.load(ledger.file.directory());
        ledger.openOrBegin();
        return ledger;
    }

    private void openOrBegin() throws IOException {
        Optional<String> fault = Optional.empty();
        if (file.exists()) {
            fault = file.oddity();
            if (fault.isEmpty()) {
                fault = tryOpen();
            }
        }
        if (database == null) {
            begin(List.of(), fault.orElse(""));
        }
    }

    private Optional<String> tryOpen() throws IOException {
        try {
            database = LedgerDatabase.open(file.path());
            return Optional.empty();
        } catch (LedgerDamagedException e) {
            return Optional.of(e.reason());
        }
    }

    /** The new file is complete before the old one moves: where there is no room for it, all stays as it was. */
    private void begin(Collection<ActiveBlock> blocks, String reason) throws IOException {
        file.beginUnfinished();
        try {
            LedgerDatabase.create(file.unfinished(), blocks);
        } catch (IOException e) {
            file.dropUnfinished();
            throw e;
        }
        Optional<String> aside = file.setAside(clock.epochNanos());
        file.putInPlace();
        database = LedgerDatabase.open(file.path());
        if (!reason.isEmpty()) {
            says.accept(lineOf(reason, aside, blocks.size()));
        }
    }

    private String lineOf(String reason, Optional<String> aside, int blocks) {
        return "the ledger " + file.path() + " cannot be used (" + PrintableText.oneLine(reason, 200) + "); "
                + aside.map(name -> "it is now " + name + ", where sqlite3's .recover may find more, and ").orElse("")
                + "a new one is begun with " + blocks + " blocks";
    }

    /**
     * Begins a new ledger after a {@link LedgerDamagedException}, and sets aside what is there.
     *
     * @param all all blocks that are in force
     */
    @Override
    public void startOver(Collection<ActiveBlock> all) throws IOException {
        closeBecause(database == null ? damage : "it was given up");
        file.makeDirectory();
        begin(all, damage);
    }

    @Override
    public List<ActiveBlock> active() throws IOException {
        LedgerTable.Found found = guarded(() -> database.run(LedgerTable::inForce));
        if (found.unreadable() > 0) {
            says.accept(found.unreadable() + " blocks in the ledger " + file.path() + " are not as they were written"
                    + " and are passed over; look at them with sqlite3, and block them anew where that is wanted");
        }
        return found.blocks();
    }

    @Override
    public int timesBlocked(Cidr target) throws IOException {
        return guarded(() -> database.run(table -> table.timesBlocked(target)));
    }

    @Override
    public void write(Collection<ActiveBlock> blocks, Collection<BlockEnd> ends) throws IOException {
        if (!blocks.isEmpty() || !ends.isEmpty()) {
            change(table -> {
                table.end(ends);
                table.put(blocks);
            });
        }
    }

    @Override
    public void shift(long nanos) throws IOException {
        change(table -> table.shift(nanos));
    }

    /** At most ActionLimits.LEDGER_FORGOTTEN_ROWS a call: the rest goes with the next calls. */
    @Override
    public void forgetBefore(long epochNanos) throws IOException {
        change(table -> table.forgetBefore(epochNanos));
    }

    private void change(LedgerDatabase.Change change) throws IOException {
        guarded(() -> {
            database.write(change);
            return null;
        });
    }

    private interface Call<T> {

        T make() throws IOException;
    }

    /** A damaged file is let go of at once: SQLite is not to write into what somebody may be repairing. */
    private <T> T guarded(Call<T> call) throws IOException {
        if (database == null) {
            throw new LedgerDamagedException(file.path(), damage, null);
        }
        try {
            return call.make();
        } catch (LedgerDamagedException e) {
            closeBecause(e.reason());
            throw e;
        }
    }

    private void closeBecause(String reason) {
        damage = reason;
        if (database != null) {
            database.close();
            database = null;
        }
    }

    @Override
    public void close() {
        closeBecause("it was closed");
    }
}
