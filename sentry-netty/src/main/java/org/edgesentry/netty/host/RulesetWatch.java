package org.edgesentry.netty.host;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.edgesentry.actions.firewall.FirewallWatch;
import org.edgesentry.netty.system.LibC;
import org.edgesentry.netty.system.NativeMemory;

/**
 * Hears of changes of nftables, whoever makes them: the multicast group of nf_tables (NFNLGRP_NFTABLES in
 * linux/netfilter/nfnetlink.h, netlink(7)). Of each message only the kind, the table and the set are read; what has
 * changed is then looked at by whoever asks. An idle host costs one system call per question.
 *
 * <pre>
 *   0  length (32)   4  kind (8), subsystem (8)   16  family (8)   20  attributes: length (16), type (16), text
 * </pre>
 *
 * <p>Thread: one only.
 */
public final class RulesetWatch implements FirewallWatch, AutoCloseable {

    private static final int NFTABLES_GROUP = 7;
    private static final int ADDRESS_BYTES = 12;
    private static final int GROUPS = 8;
    /** The kernel packs messages into datagrams of this size at most. */
    private static final int DATAGRAM_BYTES = 32_768;
    /** A burst beyond this is taken for a change of everything. */
    private static final int DATAGRAMS_PER_QUESTION = 4_096;
    private static final int HEADER_BYTES = 20;
    /** NFNL_SUBSYS_NFTABLES, and the kinds of linux/netfilter/nf_tables.h that matter. */
    private static final int NFTABLES = 10;
    private static final int NEWSETELEM = 12;
    private static final int DELSETELEM = 14;
    private static final int NEWGEN = 15;
    private static final String TABLE = "edge_sentry";

    private final NativeMemory memory = new NativeMemory(DATAGRAM_BYTES);
    private final int fd;

    /** Begins to listen. */
    public RulesetWatch() throws IOException {
        fd = LibC.socket(LibC.AF_NETLINK, LibC.SOCK_RAW | LibC.SOCK_CLOEXEC | LibC.SOCK_NONBLOCK,
                LibC.NETLINK_NETFILTER);
        if (fd < 0) {
            throw LibC.failure("netlink socket");
        }
        memory.host().putShort(0, (short) LibC.AF_NETLINK).putInt(GROUPS, 1 << NFTABLES_GROUP - 1);
        if (LibC.bind(fd, memory.address(0), ADDRESS_BYTES) < 0) {
            IOException failure = LibC.failure("netlink bind");
            LibC.close(fd);
            throw failure;
        }
    }

    /** Whether rules have changed since the last question, of whatever table. */
    public boolean hasChanged() {
        boolean changed = false;
        for (int i = 0; i < DATAGRAMS_PER_QUESTION; i++) {
            if (receive() == 0) {
                return changed;
            }
            changed = true;
        }
        return true;
    }

    @Override
    public Change look() {
        Change change = Change.NONE;
        for (int i = 0; i < DATAGRAMS_PER_QUESTION; i++) {
            long bytes = receive();
            if (bytes == 0) {
                return change;
            }
            // An overrun (ENOBUFS) has lost messages: anything may have happened.
            change = larger(change, bytes < 0 ? Change.BLOCKS
                    : read(memory.host(), (int) Math.min(bytes, DATAGRAM_BYTES)));
        }
        return Change.BLOCKS;
    }

    /** Bytes of the next datagram, 0 when there is none, below 0 when some were lost. */
    private long receive() {
        long bytes = LibC.recv(fd, memory.address(0), DATAGRAM_BYTES, LibC.MSG_DONTWAIT);
        return bytes < 0 && LibC.errno() == LibC.EAGAIN ? 0 : bytes == 0 ? -1 : bytes;
    }

    /** What the messages of one datagram tell; one that cannot be read tells nothing, so anything may be. */
    static Change read(ByteBuffer messages, int bytes) {
        Change change = Change.NONE;
        int at = 0;
        while (at + HEADER_BYTES <= bytes) {
            int length = messages.getInt(at);
            if (length < HEADER_BYTES || length > bytes - at) {
                return Change.BLOCKS;
            }
            change = larger(change, judge(messages, at, at + length));
            at += length + 3 & ~3;
        }
        return change;
    }

    private static Change judge(ByteBuffer messages, int at, int end) {
        int kind = messages.get(at + 4);
        boolean ofInterest = messages.get(at + 5) == NFTABLES && kind != NEWGEN && kind != NEWSETELEM;
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

    private static Change larger(Change one, Change other) {
        return one.compareTo(other) >= 0 ? one : other;
    }

    @Override
    public void close() {
        LibC.close(fd);
    }
}
