package org.edgesentry.netty.host.sockets;

import com.sun.jna.Native;
import com.sun.jna.Pointer;
import java.io.IOException;
import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * A netlink socket to the kernel's list of sockets (sock_diag(7), NETLINK_SOCK_DIAG), with one buffer for what is asked
 * and one for what is answered.
 *
 * <p>The kernel answers within the call that asks, so nothing here ever waits.
 *
 * <p>Thread: one at a time; {@link #send} and {@link #receive} allocate nothing.
 */
final class DiagSocket implements AutoCloseable {

    /** What the kernel puts into one answer of a list at most. */
    static final int RECEIVE_BYTES = 32 * 1024;

    private static final int AF_NETLINK = 16;
    private static final int SOCK_RAW = 3;
    private static final int SOCK_CLOEXEC = 0x80000;
    private static final int NETLINK_SOCK_DIAG = 4;
    private static final int MSG_DONTWAIT = 0x40;

    private final int fd;
    private final ByteBuffer request = ByteBuffer.allocateDirect(DiagRequest.BYTES);
    private final ByteBuffer answer = ByteBuffer.allocateDirect(RECEIVE_BYTES).order(ByteOrder.nativeOrder());
    private final long requestAddress = address(request);
    private final long answerAddress = address(answer);

    private DiagSocket(int fd) {
        this.fd = fd;
    }

    /** A socket in the network namespace of this process. */
    static DiagSocket open() throws IOException {
        int fd = LibC.socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_SOCK_DIAG);
        if (fd < 0) {
            throw new IOException("cannot open a netlink socket: " + errorText(Native.getLastError()));
        }
        return new DiagSocket(fd);
    }

    /** Where {@link DiagRequest} writes. */
    ByteBuffer request() {
        return request;
    }

    /** Where {@link #receive} puts what it reads; integers of netlink are in the machine's byte order. */
    ByteBuffer answer() {
        return answer;
    }

    /** Whether the kernel took the request. */
    boolean send() {
        return LibC.send(fd, requestAddress, DiagRequest.BYTES, MSG_DONTWAIT) == DiagRequest.BYTES;
    }

    /** Bytes of the next part of the answer, or below 0 when there is none. */
    int receive() {
        int bytes = (int) LibC.recv(fd, answerAddress, RECEIVE_BYTES, MSG_DONTWAIT);
        Reference.reachabilityFence(this);
        return bytes;
    }

    /** The error of this thread's last call that failed, for a message. */
    static String lastError() {
        return errorText(Native.getLastError());
    }

    static String errorText(int errno) {
        return new Pointer(LibC.strerror(errno)).getString(0);
    }

    private static long address(ByteBuffer direct) {
        return Pointer.nativeValue(Native.getDirectBufferPointer(direct));
    }

    @Override
    public void close() {
        LibC.close(fd);
    }

    /** Calls of the C library; below 0 means that {@link Native#getLastError} holds the errno. */
    private static final class LibC {

        static {
            Native.register(LibC.class, "c");
        }

        private LibC() {
        }

        static native int socket(int domain, int type, int protocol);

        static native long send(int fd, long buffer, long bytes, int flags);

        static native long recv(int fd, long buffer, long bytes, int flags);

        static native int close(int fd);

        static native long strerror(int errno);
    }
}
