package org.edgesentry.actions.ledger;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.EnumSet;
import java.util.Set;
import org.edgesentry.actions.ActionLimits;
import org.edgesentry.core.text.PrintableText;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/**
 * What an error of SQLite is to the ledger: damage, after which only a new file helps, or something that passes or that
 * the administrator puts right. Codes: sqlite.org/rescode.html.
 *
 * <p>Thread: any.
 */
final class SqliteFault {

    /** Damage whatever the details. SQLITE_ERROR: our statements are right, so the tables are not. */
    private static final Set<SQLiteErrorCode> DAMAGE = EnumSet.of(SQLiteErrorCode.SQLITE_ERROR,
            SQLiteErrorCode.SQLITE_CORRUPT, SQLiteErrorCode.SQLITE_NOTADB, SQLiteErrorCode.SQLITE_CONSTRAINT);
    /** Damage among errors of which others of the same kind are none: nothing can be read, or the file was moved. */
    private static final Set<SQLiteErrorCode> DAMAGE_IN_DETAIL = EnumSet.of(SQLiteErrorCode.SQLITE_IOERR_READ,
            SQLiteErrorCode.SQLITE_IOERR_SHORT_READ, SQLiteErrorCode.SQLITE_IOERR_CORRUPTFS,
            SQLiteErrorCode.SQLITE_READONLY_DBMOVED);
    private static final int PRIMARY = 0xFF;

    private SqliteFault() {
    }

    /** The exception for the caller. */
    static IOException of(SQLException error, Path file) {
        SQLiteErrorCode detail = error instanceof SQLiteException known
                ? known.getResultCode() : SQLiteErrorCode.getErrorCode(error.getErrorCode());
        SQLiteErrorCode code = SQLiteErrorCode.getErrorCode(detail.code & PRIMARY);
        String words = PrintableText.oneLine(String.valueOf(error.getMessage()), ActionLimits.MESSAGE_CHARS);
        if (DAMAGE.contains(code) || DAMAGE_IN_DETAIL.contains(detail)) {
            return new LedgerDamagedException(file, words, error);
        }
        return new IOException(advice(code, "the ledger " + file, words), error);
    }

    private static String advice(SQLiteErrorCode code, String ledger, String words) {
        return switch (code) {
            case SQLITE_FULL -> "no space left for " + ledger + ": make room on its file system";
            case SQLITE_BUSY, SQLITE_LOCKED -> ledger + " is locked by another program that writes into it: end that";
            case SQLITE_READONLY, SQLITE_CANTOPEN, SQLITE_PERM -> ledger + " cannot be opened or written (" + words
                    + "): look at the rights of its directory, and whether its file system is mounted read-only";
            default -> ledger + " cannot be used at the moment: " + words;
        };
    }
}
