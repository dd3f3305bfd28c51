package org.edgesentry.netty.trap;

import java.io.IOException;
import org.edgesentry.netty.system.LibC;
import org.edgesentry.netty.system.NativeMemory;

/**
 * Hears of changes of the firewall, whoever makes them: the multicast group of nf_tables (NFNLGRP_NFTABLES in
 * linux/netfilter/nfnetlink.h, netlink(7)). What has changed is not read; that something has is enough to look. An idle
 * host costs one system call per question.
 *
 * <p>Thread: one only.
 */
final class RulesetWatch implements AutoCloseable {

    private static final int NFTABLES_GROUP = 7;
    private static final int ADDRESS_BYTES = 12;
    private static final int GROUPS = 8;
    private static final int MESSAGE_BYTES = 64;
    /** A burst beyond this is left for the next question. */
    private static final int MESSAGES_PER_QUESTION = 4_096;

    private final NativeMemory memory = new NativeMemory(MESSAGE_BYTES);
    private final int fd;

    RulesetWatch() throws IOException {
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

    /** Whether rules have changed since the last question. An overrun (ENOBUFS) means so too. */
    boolean hasChanged() {
        boolean changed = false;
        for (int i = 0; i < MESSAGES_PER_QUESTION; i++) {
            if (LibC.recv(fd, memory.address(0), MESSAGE_BYTES, LibC.MSG_DONTWAIT) < 0
                    && LibC.errno() == LibC.EAGAIN) {
                return changed;
            }
            changed = true;
        }
        return true;
    }

    @Override
    public void close() {
        LibC.close(fd);
    }
}
