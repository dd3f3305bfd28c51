package org.edgesentry.netty.host;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.edgesentry.actions.firewall.FirewallWatch.Change;

/**
 * Reads the kernel's messages about nftables as far as they tell what of our table has changed, and by whom.
 *
 * <pre>
 *   0  length (32)   4  kind (8), subsystem (8)   16  family (8)   20  attributes: length (16), type (16), text
 * </pre>
 *
 * <p>After the messages of a transaction comes one that names the thread which made it (NFT_MSG_NEWGEN); what is one of
 * our own is passed over. In a PID namespace of its own a process does not know its threads by those numbers: then our
 * own changes are looked at as well, which costs some work and does no harm.
 *
 * <p>Thread: that of the watch.
 */
final class RulesetMessages {

    private static final int HEADER_BYTES = 20;
    /** NFNL_SUBSYS_NFTABLES, and the kinds of linux/netfilter/nf_tables.h that matter. */
    private static final int NFTABLES = 10;
    private static final int NEWSETELEM = 12;
    private static final int DELSETELEM = 14;
    private static final int NEWGEN = 15;
    private static final String TABLE = "edge_sentry";
    private static final int PROCESS_ID = 2;
    private static final Path OWN_THREADS = Path.of("/proc/self/task");

    /** What the transaction at hand has changed; who made it is not known yet. */
    private Change pending = Change.NONE;

    /** What the messages of one datagram tell; one that cannot be read tells nothing, so anything may be. */
    Change read(ByteBuffer messages, int bytes) {
        Change change = Change.NONE;
        int at = 0;
        while (at + HEADER_BYTES <= bytes) {
            int length = messages.getInt(at);
            if (length < HEADER_BYTES || length > bytes - at) {
                return Change.BLOCKS;
            }
            if (isEndOfTransaction(messages, at)) {
                change = larger(change, isOwn(messages, at + HEADER_BYTES, at + length) ? Change.NONE : pending);
                pending = Change.NONE;
            } else {
                pending = larger(pending, judge(messages, at, at + length));
            }
            at += length + 3 & ~3;
        }
        return change;
    }

    private static boolean isEndOfTransaction(ByteBuffer messages, int at) {
        return messages.get(at + 5) == NFTABLES && messages.get(at + 4) == NEWGEN;
    }

    /** Whether a thread of this process made the transaction; asked only where it matters. */
    private boolean isOwn(ByteBuffer messages, int from, int end) {
        if (pending == Change.NONE) {
            return true;
        }
        int at = from;
        while (at + 8 <= end) {
            if (messages.getShort(at + 2) == PROCESS_ID) {
                int thread = messages.order() == ByteOrder.BIG_ENDIAN ? messages.getInt(at + 4)
                        : Integer.reverseBytes(messages.getInt(at + 4));
                return Files.exists(OWN_THREADS.resolve(Integer.toString(thread)));
            }
            at += Math.max(4, messages.getShort(at) + 3 & ~3);
        }
        return false;
    }

    private static Change judge(ByteBuffer messages, int at, int end) {
        int kind = messages.get(at + 4);
        boolean ofInterest = messages.get(at + 5) == NFTABLES && kind != NEWSETELEM;
        if (!ofInterest || !TABLE.equals(text(messages, at + HEADER_BYTES, end))) {
            return Change.NONE;
        }
        return kind != DELSETELEM ? Change.RULES : ofSet(messages, at + HEADER_BYTES, end);
    }

    /** Elements of the sets that hold blocks; the attribute of the set follows that of the table. */
    private static Change ofSet(ByteBuffer messages, int table, int end) {
        String set = text(messages, table + (messages.getShort(table) + 3 & ~3), end);
        return set.startsWith("blocked") || set.startsWith("nets") ? Change.BLOCKS : Change.NONE;
    }

    /** The text of an attribute, without the zero at its end; empty where it does not fit. */
    private static String text(ByteBuffer messages, int attribute, int end) {
        int length = attribute + 4 <= end ? messages.getShort(attribute) - 5 : -1;
        if (length < 0 || attribute + 4 + length > end) {
            return "";
        }
        byte[] text = new byte[length];
        messages.get(attribute + 4, text);
        return new String(text, StandardCharsets.ISO_8859_1);
    }

    static Change larger(Change one, Change other) {
        return one.compareTo(other) >= 0 ? one : other;
    }
}
