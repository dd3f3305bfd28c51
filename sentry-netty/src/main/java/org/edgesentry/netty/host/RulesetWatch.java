package org.edgesentry.netty.host;

import java.io.IOException;
import org.edgesentry.actions.firewall.FirewallWatch;
import org.edgesentry.netty.system.LibC;
import org.edgesentry.netty.system.NativeMemory;

/**
 * Hears of changes of nftables, whoever makes them: the multicast group of nf_tables (NFNLGRP_NFTABLES in
 * linux/netfilter/nfnetlink.h, netlink(7)). Of each message only the kind, the table and the set are read; what has
 * changed is then looked at by whoever asks. An idle host costs one system call per question.
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


    private final NativeMemory memory = new NativeMemory(DATAGRAM_BYTES);
    private final RulesetMessages messages = new RulesetMessages();
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
            change = RulesetMessages.larger(change, bytes < 0 ? Change.BLOCKS
                    : messages.read(memory.host(), (int) Math.min(bytes, DATAGRAM_BYTES)));
        }
        return Change.BLOCKS;
    }

    /** Bytes of the next datagram, 0 when there is none, below 0 when some were lost. */
    private long receive() {
        long bytes = LibC.recv(fd, memory.address(0), DATAGRAM_BYTES, LibC.MSG_DONTWAIT);
        return bytes < 0 && LibC.errno() == LibC.EAGAIN ? 0 : bytes == 0 ? -1 : bytes;
    }

    @Override
    public void close() {
        LibC.close(fd);
    }
}
