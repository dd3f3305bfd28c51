package org.edgesentry.netty.trap;

import com.sun.jna.Native;
import com.sun.jna.Pointer;
import java.io.IOException;

/**
 * The system calls of UDP traps, of the watch over the firewall and of the limit of open files, through JNA's direct
 * mapping: arguments are primitives, pointers are longs, so that a call allocates nothing. A result below 0 means that
 * {@link Native#getLastError} holds the errno.
 *
 * <p>Constants are those of Linux on x86_64 and aarch64 (bits/socket.h, linux/in.h, linux/in6.h, linux/netlink.h).
 *
 * <p>Thread: any.
 */
final class LibC {

    static final int AF_INET = 2;
    static final int AF_INET6 = 10;
    static final int AF_NETLINK = 16;
    static final int SOCK_DGRAM = 2;
    static final int SOCK_RAW = 3;
    static final int SOCK_CLOEXEC = 0x80000;
    static final int SOCK_NONBLOCK = 0x800;

    static final int SOL_SOCKET = 1;
    static final int SO_RCVBUF = 8;
    static final int SO_KEEPALIVE = 9;
    static final int SO_MARK = 36;
    static final int IPPROTO_IP = 0;
    static final int IP_PKTINFO = 8;
    static final int IP_TRANSPARENT = 19;
    static final int IP_ORIGDSTADDR = 20;
    static final int IPPROTO_TCP = 6;
    static final int TCP_KEEPIDLE = 4;
    static final int TCP_KEEPINTVL = 5;
    static final int TCP_KEEPCNT = 6;
    static final int IPPROTO_IPV6 = 41;
    static final int IPV6_V6ONLY = 26;
    static final int IPV6_PKTINFO = 50;
    static final int IPV6_ORIGDSTADDR = 74;
    static final int IPV6_TRANSPARENT = 75;
    static final int NETLINK_NETFILTER = 12;

    static final int MSG_TRUNC = 0x20;
    static final int MSG_DONTWAIT = 0x40;
    static final int EAGAIN = 11;
    static final int RLIMIT_NOFILE = 7;

    static {
        Native.register(LibC.class, "c");
    }

    private LibC() {
    }

    static native int socket(int domain, int type, int protocol);

    static native int bind(int socket, long address, int addressBytes);

    static native int getsockname(int socket, long address, long addressBytes);

    static native int setsockopt(int socket, int level, int name, long value, int valueBytes);

    static native long recv(int socket, long buffer, long bytes, int flags);

    static native long recvmsg(int socket, long message, int flags);

    static native long sendmsg(int socket, long message, int flags);

    static native int close(int fd);

    static native int getrlimit(int resource, long limits);

    static native int setrlimit(int resource, long limits);

    private static native long strerror(int errno);

    /** The failure of this thread's last call, in the words of the C library. */
    static IOException failure(String call) {
        return new IOException(call + ": " + new Pointer(strerror(Native.getLastError())).getString(0));
    }
}
