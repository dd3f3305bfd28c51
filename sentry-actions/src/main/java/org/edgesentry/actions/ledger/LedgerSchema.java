package org.edgesentry.actions.ledger;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;

/**
 * The tables of the ledger, as an administrator sees them with {@code sqlite3}. Times are nanoseconds since 1970 UTC,
 * which a block keeps exactly; the view {@code readable} has them as text.
 *
 * <p>A change of the table needs another {@link #VERSION}. Thread: immutable.
 */
final class LedgerSchema {

    /** {@code PRAGMA application_id}: "ESLG". */
    static final int APPLICATION_ID = 0x45_53_4C_47;
    /** {@code PRAGMA user_version}. */
    static final int VERSION = 1;

    /** {@code PRAGMA page_size}. */
    static final int PAGE_BYTES = 4_096;

    private static final String TABLE = """
            CREATE TABLE blocks (
              target TEXT NOT NULL PRIMARY KEY,
              reason TEXT NOT NULL,
              source TEXT NOT NULL,
              protocol INTEGER NOT NULL,
              port INTEGER NOT NULL,
              since INTEGER NOT NULL,
              until INTEGER, -- NULL: without end
              times INTEGER NOT NULL,
              ports TEXT NOT NULL,
              in_firewall INTEGER NOT NULL,
              ended INTEGER, -- NULL: in force
              ended_how TEXT
            ) WITHOUT ROWID""";

    /** The first index is in the order of the targets, as the table is: a new end of a block does not move it. */
    private static final List<String> AROUND = List.of(
            "CREATE INDEX IF NOT EXISTS blocks_in_force ON blocks (ended) WHERE ended IS NULL",
            "CREATE INDEX IF NOT EXISTS blocks_ended ON blocks (ended) WHERE ended IS NOT NULL",
            """
            CREATE VIEW IF NOT EXISTS readable AS
            SELECT target, reason, source, protocol, port,
              strftime('%Y-%m-%d %H:%M:%S', since / 1000000000, 'unixepoch') AS since,
              ifnull(strftime('%Y-%m-%d %H:%M:%S', until / 1000000000, 'unixepoch'), 'without end') AS until,
              times, ports, in_firewall,
              strftime('%Y-%m-%d %H:%M:%S', ended / 1000000000, 'unixepoch') AS ended, ended_how
            FROM blocks ORDER BY blocks.since""");

    private LedgerSchema() {
    }

    /** Makes the tables of a new file. */
    static void create(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA application_id = " + APPLICATION_ID);
            statement.execute("PRAGMA user_version = " + VERSION);
            statement.execute(TABLE);
        }
        complete(connection);
    }

    /** Makes what is missing beside the table. */
    static void complete(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String sql : AROUND) {
                statement.execute(sql);
            }
        }
    }

    /** Why this is not a ledger of ours; empty when it is. Triggers would do more than we say. */
    static Optional<String> fault(Connection connection) throws SQLException {
        long version = number(connection, "PRAGMA user_version");
        if (number(connection, "PRAGMA application_id") != APPLICATION_ID) {
            return Optional.of("it is the database of another program");
        }
        if (version != VERSION) {
            return Optional.of("it has version " + version + " of the ledger, and " + VERSION + " is known here");
        }
        if (!TABLE.equals(text(connection, "SELECT sql FROM sqlite_schema WHERE type = 'table' AND name = 'blocks'"))
                || number(connection, "SELECT count(*) FROM sqlite_schema WHERE type = 'trigger'") > 0) {
            return Optional.of("its tables have been altered");
        }
        return Optional.empty();
    }

    static String text(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement(); ResultSet row = statement.executeQuery(sql)) {
            return row.next() ? row.getString(1) : null;
        }
    }

    static long number(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement(); ResultSet row = statement.executeQuery(sql)) {
            return row.next() ? row.getLong(1) : 0;
        }
    }
}
