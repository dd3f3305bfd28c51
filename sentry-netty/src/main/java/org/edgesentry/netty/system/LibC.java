package org.edgesentry.netty.system;

import com.sun.jna.Native;
import com.sun.jna.Pointer;
import java.io.IOException;

/**
 * The system calls that Java has no word for, through JNA's direct mapping: arguments are primitives and pointers are
 * longs, so that a call allocates nothing. A result below 0 means that {@link #errno} tells why.
 *
 * <p>Constants are those of Linux on x86_64 and aarch64 (bits/socket.h, asm-generic/socket.h, linux/in.h, linux/in6.h,
 * linux/if_packet.h, linux/netlink.h). Memory that a call is handed must be kept reachable until it has returned.
 *
 * <p>Thread: any.
 */
public final class LibC {

    public static final int AF_UNIX = 1;
    public static final int AF_INET = 2;
    public static final int AF_INET6 = 10;
    public static final int AF_NETLINK = 16;
    public static final int AF_PACKET = 17;

    public static final int SOCK_DGRAM = 2;
    public static final int SOCK_RAW = 3;
    public static final int SOCK_CLOEXEC = 0x80000;
    public static final int SOCK_NONBLOCK = 0x800;

    public static final int NETLINK_ROUTE = 0;
    public static final int NETLINK_SOCK_DIAG = 4;
    public static final int NETLINK_NETFILTER = 12;
    public static final int ETH_P_ALL = 3;

    public static final int SOL_SOCKET = 1;
    public static final int SO_ERROR = 4;
    public static final int SO_RCVBUF = 8;
    public static final int SO_KEEPALIVE = 9;
    public static final int SO_SNDTIMEO = 21;
    public static final int SO_ATTACH_FILTER = 26;
    public static final int SO_MARK = 36;

    public static final int IPPROTO_IP = 0;
    public static final int IP_PKTINFO = 8;
    public static final int IP_TRANSPARENT = 19;
    public static final int IP_ORIGDSTADDR = 20;
    public static final int IPPROTO_TCP = 6;
    public static final int TCP_KEEPIDLE = 4;
    public static final int TCP_KEEPINTVL = 5;
    public static final int TCP_KEEPCNT = 6;
    public static final int IPPROTO_IPV6 = 41;
    public static final int IPV6_V6ONLY = 26;
    public static final int IPV6_PKTINFO = 50;
    public static final int IPV6_ORIGDSTADDR = 74;
    public static final int IPV6_TRANSPARENT = 75;

    public static final int SOL_PACKET = 263;
    public static final int PACKET_RX_RING = 5;
    public static final int PACKET_STATISTICS = 6;
    public static final int PACKET_COPY_THRESH = 7;
    public static final int PACKET_VERSION = 10;
    public static final int PACKET_IGNORE_OUTGOING = 23;
    public static final int TPACKET_V2 = 1;
    public static final int PACKET_FANOUT = 18;
    public static final int PACKET_FANOUT_DATA = 22;
    public static final int PACKET_FANOUT_CBPF = 6;
    /** The kernel chooses the number of a new group. */
    public static final int PACKET_FANOUT_FLAG_UNIQUEID = 0x2000;

    public static final int MSG_TRUNC = 0x20;
    public static final int MSG_DONTWAIT = 0x40;
    public static final int MSG_NOSIGNAL = 0x4000;

    public static final int PROT_READ = 1;
    public static final int PROT_WRITE = 2;
    public static final int MAP_SHARED = 1;
    public static final int MAP_POPULATE = 0x8000;
    public static final long MAP_FAILED = -1;

    public static final int EFD_CLOEXEC = 0x80000;
    public static final int EFD_NONBLOCK = 0x800;
    public static final short POLLIN = 1;
    public static final int RLIMIT_NOFILE = 7;

    public static final int EPERM = 1;
    public static final int ENOENT = 2;
    public static final int EINTR = 4;
    public static final int EAGAIN = 11;
    public static final int ENOMEM = 12;
    public static final int EACCES = 13;
    public static final int EAFNOSUPPORT = 97;
    public static final int ENOBUFS = 105;

    static {
        Native.register(LibC.class, "c");
    }

    private LibC() {
    }

    /** socket(2). */
    public static native int socket(int domain, int type, int protocol);

    /** bind(2). */
    public static native int bind(int socket, long address, int addressBytes);

    /** connect(2). */
    public static native int connect(int socket, byte[] address, int addressBytes);

    /** getsockname(2). */
    public static native int getsockname(int socket, long address, long addressBytes);

    /** setsockopt(2). */
    public static native int setsockopt(int socket, int level, int name, long value, int valueBytes);

    /** setsockopt(2) with bytes that lie in the heap. */
    public static native int setsockopt(int socket, int level, int name, byte[] value, int valueBytes);

    /** getsockopt(2). */
    public static native int getsockopt(int socket, int level, int name, long value, long valueBytes);

    /** send(2). */
    public static native long send(int socket, long buffer, long bytes, int flags);

    /** send(2) of bytes that lie in the heap. */
    public static native long send(int socket, byte[] message, long bytes, int flags);

    /** recv(2). */
    public static native long recv(int socket, long buffer, long bytes, int flags);

    /** sendmsg(2). */
    public static native long sendmsg(int socket, long message, int flags);

    /** recvmsg(2). */
    public static native long recvmsg(int socket, long message, int flags);

    /** poll(2). */
    public static native int poll(long pollFds, long count, int timeoutMillis);

    /** eventfd(2). */
    public static native int eventfd(int initial, int flags);

    /** write(2). */
    public static native long write(int fd, long buffer, long bytes);

    /** fchmod(2). */
    public static native int fchmod(int fd, int mode);

    /** close(2). */
    public static native int close(int fd);

    /** mmap(2). */
    public static native long mmap(long address, long bytes, int protection, int flags, int fd, long offset);

    /** munmap(2). */
    public static native int munmap(long address, long bytes);

    /** syscall(2), for calls that the C library has no function for. */
    public static native long syscall(long number, long first, long second, long third, long fourth);

    /** getrlimit(2). */
    public static native int getrlimit(int resource, long limits);

    /** setrlimit(2). */
    public static native int setrlimit(int resource, long limits);

    /** if_nametoindex(3); 0 when there is no such interface. */
    public static native int if_nametoindex(String name);

    /** malloc_trim(3): gives the pages of freed memory back to the kernel. */
    public static native int malloc_trim(long leftBytes);

    private static native long strerror(int errno);

    /** The error of this thread's last call that failed. */
    public static int errno() {
        return Native.getLastError();
    }

    /** An error in the words of the C library. */
    public static String errorText(int errno) {
        return new Pointer(strerror(errno)).getString(0);
    }

    /** The failure of this thread's last call: what was tried, and why it could not be. */
    public static IOException failure(String what) {
        return new IOException(what + ": " + errorText(errno()));
    }
}
