package org.edgesentry.actions.ledger;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.edgesentry.actions.ActionLimits;
import org.edgesentry.core.ledger.ActiveBlock;
import org.sqlite.JDBC;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteOpenMode;

/**
 * The open database: a connection in write-ahead mode, whose commits are on the disk, and its checks.
 *
 * <p>Thread: one. Errors: as {@link SqliteFault} has them.
 */
final class LedgerDatabase {

    /** No memory mapping of the file: one that is cut off by others would kill the process with SIGBUS. */
    private static final List<String> SETTINGS = List.of("journal_mode = WAL", "synchronous = FULL",
            "mmap_size = 0", "cell_size_check = ON", "trusted_schema = OFF", "temp_store = MEMORY",
            "cache_size = -" + ActionLimits.LEDGER_CACHE_KIB, "journal_size_limit = " + ActionLimits.LEDGER_LOG_BYTES);

    /** A new file is thrown away if anything happens to it, so it needs no journal on the disk. */
    private static final List<String> NEW_FILE_SETTINGS = List.of("page_size = " + LedgerSchema.PAGE_BYTES,
            "journal_mode = MEMORY", "synchronous = FULL");

    private final Path path;
    private final Connection connection;
    private final LedgerTable table;
    private LedgerWatch watch;

    private LedgerDatabase(Path path, Connection connection) {
        this.path = path;
        this.connection = connection;
        this.table = new LedgerTable(connection);
    }

    /** Makes a new database in an empty file. */
    static void create(Path path, Collection<ActiveBlock> blocks) throws IOException {
        LedgerDatabase database = connect(path);
        try {
            database.set(NEW_FILE_SETTINGS);
            database.table.inTransaction(() -> {
                LedgerSchema.create(database.connection);
                database.table.put(blocks);
            });
        } catch (SQLException e) {
            throw SqliteFault.of(e, path);
        } finally {
            database.close();
        }
    }

    /** Opens one that is there; a {@link LedgerDamagedException} when it is none of ours, or damaged. */
    static LedgerDatabase open(Path path) throws IOException {
        LedgerDatabase database = connect(path);
        Optional<String> fault;
        try {
            fault = LedgerSchema.fault(database.connection);
            if (fault.isEmpty()) {
                database.set(SETTINGS);
                fault = database.check();
            }
        } catch (SQLException e) {
            database.close();
            throw SqliteFault.of(e, path);
        }
        if (fault.isPresent()) {
            database.close();
            throw new LedgerDamagedException(path, fault.get(), null);
        }
        database.watch = new LedgerWatch(path);
        return database;
    }

    private static LedgerDatabase connect(Path path) throws IOException {
        SQLiteConfig config = new SQLiteConfig();
        config.resetOpenMode(SQLiteOpenMode.CREATE);
        config.setGetGeneratedKeys(false);
        config.setBusyTimeout((int) ActionLimits.LEDGER_PATIENCE.toMillis());
        try {
            // As a URI, or a question mark in the name would begin the driver's own settings.
            return new LedgerDatabase(path, JDBC.createConnection(JDBC.PREFIX + path.toUri(), config.toProperties()));
        } catch (SQLException e) {
            throw SqliteFault.of(e, path);
        }
    }

    private void set(List<String> settings) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String setting : settings) {
                statement.execute("PRAGMA " + setting);
            }
        }
    }

    /** Looks at every page, though not whether the indexes are right. */
    private Optional<String> check() throws SQLException {
        String found = LedgerSchema.text(connection, "PRAGMA quick_check(1)");
        if (!"ok".equals(found)) {
            return Optional.of(String.valueOf(found).replace('\n', ' '));
        }
        LedgerSchema.complete(connection);
        return Optional.empty();
    }

    /** What is done with the table. */
    interface Work<T> {

        /** Does it. */
        T with(LedgerTable table) throws SQLException;
    }

    /** What is written into the table. */
    interface Change {

        /** Writes it. */
        void to(LedgerTable table) throws SQLException;
    }

    /** Does what does not write. */
    <T> T run(Work<T> work) throws IOException {
        try {
            return work.with(table);
        } catch (SQLException e) {
            table.forgetStatements();
            throw SqliteFault.of(e, path);
        }
    }

    /** Writes, all of it or nothing, once it is sure that the file is still the one that has the name. */
    void write(Change change) throws IOException {
        Optional<String> gone = watch.change();
        if (gone.isPresent()) {
            throw new LedgerDamagedException(path, gone.get(), null);
        }
        if (watch.isTouched()) {
            checkAgain();
        }
        try {
            run(rows -> {
                rows.inTransaction(() -> change.to(rows));
                return null;
            });
        } finally {
            watch.note();
        }
    }

    /** In the file itself: what is in memory, or in the log, would hide what has become of it. */
    private void checkAgain() throws IOException {
        Optional<String> fault = run(rows -> {
            set(List.of("wal_checkpoint(PASSIVE)", "shrink_memory"));
            return check();
        });
        if (fault.isPresent()) {
            throw new LedgerDamagedException(path, fault.get(), null);
        }
    }

    /** Closes it; what was committed is safe anyway. */
    void close() {
        try {
            table.forgetStatements();
            connection.close();
        } catch (SQLException e) {
            // Nothing is kept back, so nothing is lost.
            return;
        }
    }
}
