package org.edgesentry.netty.host;

import java.io.IOException;
import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import org.edgesentry.netty.system.LibC;
import org.edgesentry.netty.system.NativeMemory;

/**
 * Hears from the kernel that a link, an address or a default route has changed (rtnetlink(7), netlink(7)).
 *
 * <p>What exactly has changed is never read from the messages: they are taken as a sign that it is time to look, so no
 * message can mislead. When the kernel has had to drop some (ENOBUFS), that is a sign as well.
 *
 * <p>Thread: as {@link ChangeSignal}. Errors: {@link IOException} when a system call fails.
 */
final class RouteSocket implements ChangeSignal {

    /** Name servers and users have no signal and are looked at this often: two seconds, less the look itself. */
    private static final int WAIT_MILLIS = 1_800;
    /** A burst is forgotten up to this many messages; what is left only causes one more look. */
    private static final int MAX_FORGOTTEN = 4_096;

    /** RTMGRP_LINK, RTMGRP_IPV4_IFADDR, RTMGRP_IPV4_ROUTE, RTMGRP_IPV6_IFADDR, RTMGRP_IPV6_ROUTE. */
    private static final int GROUPS = 0x1 | 0x10 | 0x40 | 0x100 | 0x400;
    private static final int SOCKADDR_NL_BYTES = 12;
    private static final int GROUPS_OFFSET = 8;

    private static final int POLLFD_BYTES = 8;
    private static final int EVENTS = 4;
    private static final int RETURNED = 6;

    /**
     * {@code struct sock_filter}: operation with jumps, constant. Of routes, only default ones come through, since a
     * router with many routes changes some of them all the time. The type of the message (24 and 25: a route is new or
     * gone) is in the machine's order, which is little-endian on x86_64 and aarch64; byte 17 is rtm_dst_len.
     */
    private static final int[] DEFAULT_ROUTES_ONLY = {
        code(0x28, 0, 0), 4,         // type of the message
        code(0x15, 1, 0), 0x1800,
        code(0x15, 0, 2), 0x1900,
        code(0x30, 0, 0), 17,        // prefix length
        code(0x15, 0, 1), 0,
        code(0x06, 0, 0), -1,        // let through
        code(0x06, 0, 0), 0,         // turn away
    };

    private final int fd;
    private final int eventFd;
    private final ByteBuffer scratch = NativeMemory.allocate(Long.BYTES);
    private final ByteBuffer pollFds = NativeMemory.allocate(2 * POLLFD_BYTES);

    private RouteSocket(int fd, int eventFd) {
        this.fd = fd;
        this.eventFd = eventFd;
        pollFds.putInt(0, eventFd).putShort(EVENTS, LibC.POLLIN);
        pollFds.putInt(POLLFD_BYTES, fd).putShort(POLLFD_BYTES + EVENTS, LibC.POLLIN);
    }

    /** Hears all changes from now on. */
    static RouteSocket open() throws IOException {
        int fd = check("open a netlink socket",
                LibC.socket(LibC.AF_NETLINK, LibC.SOCK_RAW | LibC.SOCK_CLOEXEC, LibC.NETLINK_ROUTE));
        try {
            attachFilter(fd);
            ByteBuffer address = NativeMemory.allocate(SOCKADDR_NL_BYTES);
            address.putShort(0, (short) LibC.AF_NETLINK).putInt(GROUPS_OFFSET, GROUPS);
            check("join the groups of rtnetlink", LibC.bind(fd, NativeMemory.address(address), SOCKADDR_NL_BYTES));
            Reference.reachabilityFence(address);
            return new RouteSocket(fd,
                    check("make an eventfd", LibC.eventfd(0, LibC.EFD_CLOEXEC | LibC.EFD_NONBLOCK)));
        } catch (IOException e) {
            LibC.close(fd);
            throw e;
        }
    }

    /** Without it, which no kernel of today refuses, there are more looks than needed. */
    private static void attachFilter(int fd) {
        ByteBuffer instructions = NativeMemory.allocate(DEFAULT_ROUTES_ONLY.length * Integer.BYTES);
        instructions.asIntBuffer().put(DEFAULT_ROUTES_ONLY);
        ByteBuffer program = NativeMemory.allocate(16);
        program.putShort(0, (short) (DEFAULT_ROUTES_ONLY.length / 2)).putLong(8, NativeMemory.address(instructions));
        LibC.setsockopt(fd, LibC.SOL_SOCKET, LibC.SO_ATTACH_FILTER, NativeMemory.address(program), 16);
        Reference.reachabilityFence(program);
        Reference.reachabilityFence(instructions);
    }

    private static int code(int operation, int jumpTrue, int jumpFalse) {
        return operation | jumpTrue << 16 | jumpFalse << 24;
    }

    @Override
    public boolean await() throws IOException {
        return poll(2, WAIT_MILLIS) && pollFds.getShort(POLLFD_BYTES + RETURNED) != 0;
    }

    @Override
    public void pause(int millis) throws IOException {
        poll(1, millis);
    }

    private boolean poll(int descriptors, int millis) throws IOException {
        pollFds.putShort(POLLFD_BYTES + RETURNED, (short) 0);
        int ready = LibC.poll(NativeMemory.address(pollFds), descriptors, millis);
        return ready >= 0 ? ready > 0 : check("wait for changes", LibC.errno() == LibC.EINTR ? 0 : ready) > 0;
    }

    @Override
    public void forget() throws IOException {
        for (int i = 0; i < MAX_FORGOTTEN; i++) {
            if (LibC.recv(fd, NativeMemory.address(scratch), 1, LibC.MSG_DONTWAIT | LibC.MSG_TRUNC) < 0) {
                int errno = LibC.errno();
                if (errno == LibC.EAGAIN) {
                    return;
                }
                if (errno != LibC.ENOBUFS && errno != LibC.EINTR) {
                    throw new IOException("cannot read from rtnetlink: error " + errno);
                }
            }
        }
    }

    @Override
    public void wake() {
        ByteBuffer one = NativeMemory.allocate(Long.BYTES).putLong(0, 1);
        LibC.write(eventFd, NativeMemory.address(one), Long.BYTES);
        Reference.reachabilityFence(one);
    }

    @Override
    public void close() {
        LibC.close(eventFd);
        LibC.close(fd);
    }

    private static int check(String what, int result) throws IOException {
        if (result < 0) {
            throw new IOException("cannot " + what + ": error " + LibC.errno());
        }
        return result;
    }
}
