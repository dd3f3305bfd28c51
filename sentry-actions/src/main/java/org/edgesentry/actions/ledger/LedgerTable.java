package org.edgesentry.actions.ledger;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.edgesentry.actions.ActionLimits;
import org.edgesentry.core.ledger.ActiveBlock;
import org.edgesentry.core.ledger.BlockEnd;
import org.edgesentry.core.net.Cidr;

/** What is read from and written to the table of blocks. Thread: one. Errors: {@link SQLException}. */
final class LedgerTable {

    private static final String END =
            "UPDATE blocks SET ended = ?, ended_how = ? WHERE target = ? AND ended IS NULL";
    private static final String TIMES = "SELECT times FROM blocks WHERE target = ? AND typeof(times) = 'integer'";
    /** Times that are out of range stay at its end: a sum that is too large would become a number with a fraction. */
    private static final String SHIFT = "UPDATE blocks SET since = max(min(since, ?1), ?2) + ?3, "
            + "until = max(min(until, ?1), ?2) + ?3 WHERE ended IS NULL";
    private static final String COUNT_ENDED = "SELECT count(*) FROM blocks WHERE ended IS NOT NULL";
    private static final String FORGET_OLD = "DELETE FROM blocks WHERE target IN (SELECT target FROM blocks "
            + "WHERE ended IS NOT NULL AND ended < ? ORDER BY ended LIMIT ?)";
    private static final String FORGET_OLDEST = "DELETE FROM blocks WHERE target IN (SELECT target FROM blocks "
            + "WHERE ended IS NOT NULL ORDER BY ended LIMIT ?)";
    /** So many rows wait for the driver at a time. */
    private static final int BATCH = 500;

    private final Connection connection;
    private PreparedStatement times;

    LedgerTable(Connection connection) {
        this.connection = connection;
    }

    /** The rows that were read. */
    record Found(List<ActiveBlock> blocks, int unreadable) {
    }

    /** What happens in one transaction. */
    interface Change {

        /** Does it. */
        void make() throws SQLException;
    }

    void inTransaction(Change change) throws SQLException {
        execute("BEGIN IMMEDIATE");
        try {
            change.make();
            execute("COMMIT");
        } catch (SQLException | RuntimeException e) {
            rollBack(e);
            throw e;
        }
    }

    /** After some errors SQLite has done it already, and says so with another. */
    private void rollBack(Exception reason) {
        try {
            execute("ROLLBACK");
        } catch (SQLException e) {
            reason.addSuppressed(e);
        }
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    Found inForce() throws SQLException {
        BlockRows rows = new BlockRows();
        List<ActiveBlock> blocks = new ArrayList<>();
        int unreadable = 0;
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(BlockRows.IN_FORCE)) {
            while (row.next()) {
                Optional<ActiveBlock> block = rows.read(row);
                if (block.isPresent()) {
                    blocks.add(block.get());
                } else {
                    unreadable++;
                }
            }
        }
        blocks.sort(null);
        return new Found(blocks, unreadable);
    }

    int timesBlocked(Cidr target) throws SQLException {
        if (times == null) {
            times = connection.prepareStatement(TIMES);
        }
        times.setString(1, target.toString());
        try (ResultSet row = times.executeQuery()) {
            return row.next() ? (int) Math.max(0, Math.min(Integer.MAX_VALUE, row.getLong(1))) : 0;
        }
    }

    /** The driver discards a statement that has failed. */
    void forgetStatements() {
        times = null;
    }

    void put(Collection<ActiveBlock> blocks) throws SQLException {
        try (PreparedStatement put = connection.prepareStatement(BlockRows.PUT)) {
            int waiting = 0;
            for (ActiveBlock block : blocks) {
                BlockRows.bind(put, block);
                put.addBatch();
                waiting = sendIfFull(put, waiting + 1);
            }
            send(put, waiting);
        }
    }

    void end(Collection<BlockEnd> ends) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(END)) {
            int waiting = 0;
            for (BlockEnd end : ends) {
                update.setLong(1, end.epochNanos());
                update.setString(2, end.how().name());
                update.setString(3, end.target().toString());
                update.addBatch();
                waiting = sendIfFull(update, waiting + 1);
            }
            send(update, waiting);
        }
    }

    private static int sendIfFull(PreparedStatement statement, int waiting) throws SQLException {
        if (waiting < BATCH) {
            return waiting;
        }
        send(statement, waiting);
        return 0;
    }

    private static void send(PreparedStatement statement, int waiting) throws SQLException {
        if (waiting > 0) {
            statement.executeBatch();
        }
    }

    void shift(long nanos) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(SHIFT)) {
            update.setLong(1, nanos > 0 ? Long.MAX_VALUE - 1 - nanos : Long.MAX_VALUE - 1);
            update.setLong(2, nanos < 0 ? Long.MIN_VALUE - nanos : Long.MIN_VALUE);
            update.setLong(3, nanos);
            update.executeUpdate();
        }
    }

    /** Forgets what ended before this time, then the oldest beyond the bound; so many rows at most. */
    void forgetBefore(long epochNanos) throws SQLException {
        int room = ActionLimits.LEDGER_FORGOTTEN_ROWS;
        try (PreparedStatement delete = connection.prepareStatement(FORGET_OLD)) {
            delete.setLong(1, epochNanos);
            delete.setInt(2, room);
            room -= delete.executeUpdate();
        }
        long tooMany = LedgerSchema.number(connection, COUNT_ENDED) - ActionLimits.LEDGER_ENDED_ROWS;
        if (tooMany > 0 && room > 0) {
            try (PreparedStatement delete = connection.prepareStatement(FORGET_OLDEST)) {
                delete.setLong(1, Math.min(tooMany, room));
                delete.executeUpdate();
            }
        }
    }
}
