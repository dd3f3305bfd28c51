package org.edgesentry.netty.host;

import com.sun.jna.Native;
import com.sun.jna.Pointer;
import java.io.IOException;
import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Hears from the kernel that a link, an address or a default route has changed (rtnetlink(7), netlink(7)).
 *
 * <p>What exactly has changed is never read from the messages: they are taken as a sign that it is time to look, so no
 * message can mislead. When the kernel has had to drop some (ENOBUFS), that is a sign as well.
 *
 * <p>Thread: as {@link ChangeSignal}. Errors: {@link IOException} when a system call fails.
 */
final class RouteSocket implements ChangeSignal {

    /** The name servers have no signal and are looked at this often. */
    private static final int WAIT_MILLIS = 2_000;
    /** A burst is forgotten up to this many messages; what is left only causes one more look. */
    private static final int MAX_FORGOTTEN = 4_096;

    private static final int AF_NETLINK = 16;
    private static final int SOCK_RAW_CLOEXEC = 3 | 0x80000;
    private static final int NETLINK_ROUTE = 0;
    /** RTMGRP_LINK, RTMGRP_IPV4_IFADDR, RTMGRP_IPV4_ROUTE, RTMGRP_IPV6_IFADDR, RTMGRP_IPV6_ROUTE. */
    private static final int GROUPS = 0x1 | 0x10 | 0x40 | 0x100 | 0x400;
    private static final int SOCKADDR_NL_BYTES = 12;
    private static final int GROUPS_OFFSET = 8;

    private static final int SOL_SOCKET = 1;
    private static final int SO_ATTACH_FILTER = 26;
    private static final int MSG_DONTWAIT = 0x40;
    private static final int MSG_TRUNC = 0x20;
    private static final int EFD_CLOEXEC_NONBLOCK = 0x80000 | 0x800;
    private static final short POLLIN = 1;
    private static final int POLLFD_BYTES = 8;
    private static final int EVENTS = 4;
    private static final int RETURNED = 6;
    private static final int EINTR = 4;
    private static final int EAGAIN = 11;
    private static final int ENOBUFS = 105;

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

    /** Only what is called here, of the C library. */
    private static final class Calls {

        static {
            Native.register(Calls.class, "c");
        }

        private Calls() {
        }

        static native int socket(int domain, int type, int protocol);

        static native int bind(int socket, long address, int addressBytes);

        static native int setsockopt(int socket, int level, int name, long value, int valueBytes);

        static native long recv(int socket, long buffer, long bytes, int flags);

        static native int poll(long pollFds, long count, int timeoutMillis);

        static native int eventfd(int initial, int flags);

        static native long write(int fd, long buffer, long bytes);

        static native int close(int fd);
    }

    private final int fd;
    private final int eventFd;
    private final ByteBuffer scratch = allocate(Long.BYTES);
    private final ByteBuffer pollFds = allocate(2 * POLLFD_BYTES);

    private RouteSocket(int fd, int eventFd) {
        this.fd = fd;
        this.eventFd = eventFd;
        pollFds.putInt(0, eventFd).putShort(EVENTS, POLLIN);
        pollFds.putInt(POLLFD_BYTES, fd).putShort(POLLFD_BYTES + EVENTS, POLLIN);
    }

    /** Hears all changes from now on. */
    static RouteSocket open() throws IOException {
        int fd = check("open a netlink socket", Calls.socket(AF_NETLINK, SOCK_RAW_CLOEXEC, NETLINK_ROUTE));
        try {
            attachFilter(fd);
            ByteBuffer address = allocate(SOCKADDR_NL_BYTES);
            address.putShort(0, (short) AF_NETLINK).putInt(GROUPS_OFFSET, GROUPS);
            check("join the groups of rtnetlink", Calls.bind(fd, address(address), SOCKADDR_NL_BYTES));
            Reference.reachabilityFence(address);
            return new RouteSocket(fd, check("make an eventfd", Calls.eventfd(0, EFD_CLOEXEC_NONBLOCK)));
        } catch (IOException e) {
            Calls.close(fd);
            throw e;
        }
    }

    /** Without it, which no kernel of today refuses, there are more looks than needed. */
    private static void attachFilter(int fd) {
        ByteBuffer instructions = allocate(DEFAULT_ROUTES_ONLY.length * Integer.BYTES);
        instructions.asIntBuffer().put(DEFAULT_ROUTES_ONLY);
        ByteBuffer program = allocate(16);
        program.putShort(0, (short) (DEFAULT_ROUTES_ONLY.length / 2)).putLong(8, address(instructions));
        Calls.setsockopt(fd, SOL_SOCKET, SO_ATTACH_FILTER, address(program), 16);
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
        int ready = Calls.poll(address(pollFds), descriptors, millis);
        return ready >= 0 ? ready > 0 : check("wait for changes", Native.getLastError() == EINTR ? 0 : ready) > 0;
    }

    @Override
    public void forget() throws IOException {
        for (int i = 0; i < MAX_FORGOTTEN; i++) {
            if (Calls.recv(fd, address(scratch), 1, MSG_DONTWAIT | MSG_TRUNC) < 0) {
                int errno = Native.getLastError();
                if (errno == EAGAIN) {
                    return;
                }
                if (errno != ENOBUFS && errno != EINTR) {
                    throw new IOException("cannot read from rtnetlink: error " + errno);
                }
            }
        }
    }

    @Override
    public void wake() {
        ByteBuffer one = allocate(Long.BYTES).putLong(0, 1);
        Calls.write(eventFd, address(one), Long.BYTES);
        Reference.reachabilityFence(one);
    }

    @Override
    public void close() {
        Calls.close(eventFd);
        Calls.close(fd);
    }

    private static int check(String what, int result) throws IOException {
        if (result < 0) {
            throw new IOException("cannot " + what + ": error " + Native.getLastError());
        }
        return result;
    }

    private static ByteBuffer allocate(int bytes) {
        return ByteBuffer.allocateDirect(bytes).order(ByteOrder.nativeOrder());
    }

    private static long address(ByteBuffer direct) {
        return Pointer.nativeValue(Native.getDirectBufferPointer(direct));
    }
}
