package org.edgesentry.netty.capture.ring;

import com.sun.jna.Native;

/**
 * The system calls of the packet ring, through JNA's direct mapping: arguments are primitives, pointers are longs, so
 * that a call allocates nothing. A result below 0 means that {@link Native#getLastError} holds the errno.
 *
 * <p>Constants are those of Linux on x86_64 and aarch64 (bits/socket.h, linux/if_packet.h, asm-generic/socket.h).
 *
 * <p>Thread: any.
 */
final class LibC {

    static final int AF_PACKET = 17;
    static final int SOCK_DGRAM = 2;
    static final int SOCK_CLOEXEC = 0x80000;
    static final int ETH_P_ALL = 3;

    static final int SOL_SOCKET = 1;
    static final int SO_ERROR = 4;
    static final int SO_ATTACH_FILTER = 26;

    static final int SOL_PACKET = 263;
    static final int PACKET_RX_RING = 5;
    static final int PACKET_STATISTICS = 6;
    static final int PACKET_VERSION = 10;
    static final int PACKET_IGNORE_OUTGOING = 23;
    static final int TPACKET_V2 = 1;

    static final int PROT_READ = 1;
    static final int PROT_WRITE = 2;
    static final int MAP_SHARED = 1;
    static final int MAP_POPULATE = 0x8000;
    static final long MAP_FAILED = -1;

    static final int EFD_CLOEXEC = 0x80000;
    static final int EFD_NONBLOCK = 0x800;
    static final short POLLIN = 1;

    static final int EPERM = 1;
    static final int EINTR = 4;
    static final int ENOMEM = 12;
    static final int EACCES = 13;
    static final int EAFNOSUPPORT = 97;

    static {
        Native.register(LibC.class, "c");
    }

    private LibC() {
    }

    static native int socket(int domain, int type, int protocol);

    static native int bind(int socket, long address, int addressBytes);

    static native int setsockopt(int socket, int level, int name, long value, int valueBytes);

    static native int getsockopt(int socket, int level, int name, long value, long valueBytes);

    static native long mmap(long address, long bytes, int protection, int flags, int fd, long offset);

    static native int munmap(long address, long bytes);

    static native int poll(long pollFds, long count, int timeoutMillis);

    static native int eventfd(int initial, int flags);

    static native long write(int fd, long buffer, long bytes);

    static native int close(int fd);

    static native long strerror(int errno);
}
