package org.edgesentry.actions.ledger;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import org.edgesentry.core.ledger.ActiveBlock;
import org.edgesentry.core.ledger.BlockOrigin;
import org.edgesentry.core.ledger.BlockReason;
import org.edgesentry.core.net.Cidr;
import org.edgesentry.core.net.CidrParser;

/**
 * Blocks to rows and back. Somebody may have edited the file: a row that is not exactly as it is written here is none.
 *
 * <p>Thread: one.
 */
final class BlockRows {

    /** The row of a target is there once, whatever becomes of it. */
    static final String PUT = """
            INSERT INTO blocks (target, reason, source, protocol, port, since, until, times, ports, in_firewall)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (target) DO UPDATE SET reason = excluded.reason, source = excluded.source,
              protocol = excluded.protocol, port = excluded.port, since = excluded.since, until = excluded.until,
              times = excluded.times, ports = excluded.ports, in_firewall = excluded.in_firewall,
              ended = NULL, ended_how = NULL""";

    /** {@code octet_length} looks at a text without loading it: none is taken that could fill the memory. */
    static final String IN_FORCE = "SELECT " + shortText("target", 50) + ", " + shortText("reason", 20) + ", "
            + shortText("source", 50) + ", protocol, port, since, until, times, "
            + shortText("ports", PortsText.MAX_CHARS) + ", in_firewall FROM blocks WHERE ended IS NULL";

    private final PortsText ports = new PortsText();

    private static String shortText(String column, int chars) {
        return "CASE WHEN octet_length(" + column + ") <= " + chars + " THEN " + column + " END";
    }

    /** Fills {@link #PUT}. */
    static void bind(PreparedStatement put, ActiveBlock block) throws SQLException {
        BlockOrigin origin = block.origin();
        put.setString(1, block.target().toString());
        put.setString(2, origin.reason().name());
        put.setString(3, origin.source().toString());
        put.setInt(4, origin.protocol());
        put.setInt(5, origin.port());
        put.setLong(6, block.sinceEpochNanos());
        put.setObject(7, block.isEndless() ? null : (Long) block.untilEpochNanos());
        put.setInt(8, block.times());
        put.setString(9, PortsText.of(block.ports()));
        put.setInt(10, block.inFirewall() ? 1 : 0);
    }

    /** The block of a row of {@link #IN_FORCE}; empty when it is none. */
    Optional<ActiveBlock> read(ResultSet row) throws SQLException {
        try {
            return Optional.of(block(row));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private ActiveBlock block(ResultSet row) throws SQLException {
        String targetText = text(row, 1);
        Cidr target = network(targetText);
        if (target.prefixLength() == 0) {
            throw new IllegalArgumentException("a block of everybody");
        }
        String sourceText = text(row, 3);
        Cidr source = sourceText.equals(targetText) ? target : network(sourceText);
        BlockOrigin origin = new BlockOrigin(BlockReason.valueOf(text(row, 2)), source,
                (int) number(row, 4, 0, PortsText.HIGHEST_PROTOCOL), (int) number(row, 5, 0, PortsText.HIGHEST_PORT));
        long until = row.getObject(7) == null ? Long.MAX_VALUE : number(row, 7, Long.MIN_VALUE, Long.MAX_VALUE);
        return new ActiveBlock(target, origin, number(row, 6, Long.MIN_VALUE, Long.MAX_VALUE), until,
                (int) number(row, 8, 1, Integer.MAX_VALUE), ports.parse(text(row, 9)), number(row, 10, 0, 1) == 1);
    }

    /** Only as it would be written: another spelling of the same network would never be found again. */
    private static Cidr network(String text) {
        Cidr network = CidrParser.parse(text);
        if (!network.toString().equals(text)) {
            throw new IllegalArgumentException("written in another way");
        }
        return network;
    }

    private static String text(ResultSet row, int column) throws SQLException {
        if (row.getObject(column) instanceof String text) {
            return text;
        }
        throw new IllegalArgumentException("no text");
    }

    private static long number(ResultSet row, int column, long least, long most) throws SQLException {
        Object value = row.getObject(column);
        if (value instanceof Long || value instanceof Integer) {
            long number = ((Number) value).longValue();
            if (number >= least && number <= most) {
                return number;
            }
        }
        throw new IllegalArgumentException("no such number");
    }
}
