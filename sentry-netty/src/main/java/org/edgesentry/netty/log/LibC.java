package org.edgesentry.netty.log;

import com.sun.jna.Native;

/**
 * The system calls of a datagram socket in the file system, unix(7), through JNA's direct mapping: Java has only the
 * stream kind, and syslog(3) waits without limit for a reader that is stuck. A result below 0 means that
 * {@link Native#getLastError} holds the errno. Constants are those of Linux on x86_64 and aarch64.
 *
 * <p>Thread: any.
 */
final class LibC {

    static final int AF_UNIX = 1;
    static final int SOCK_DGRAM = 2;
    static final int SOCK_CLOEXEC = 0x80000;
    static final int SOL_SOCKET = 1;
    static final int SO_SNDTIMEO = 21;
    static final int MSG_DONTWAIT = 0x40;
    static final int MSG_NOSIGNAL = 0x4000;
    static final int EAGAIN = 11;

    static {
        Native.register(LibC.class, "c");
    }

    private LibC() {
    }

    static native int socket(int domain, int type, int protocol);

    static native int setsockopt(int socket, int level, int name, byte[] value, int valueBytes);

    static native int connect(int socket, byte[] address, int addressBytes);

    static native long send(int socket, byte[] message, long bytes, int flags);

    static native int close(int socket);
}
