package org.edgesentry.netty.host.sockets;

import java.io.IOException;
import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import org.edgesentry.netty.system.LibC;
import org.edgesentry.netty.system.NativeMemory;

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

    private final int fd;
    private final ByteBuffer request = NativeMemory.allocate(DiagRequest.BYTES);
    private final ByteBuffer answer = NativeMemory.allocate(RECEIVE_BYTES);
    private final long requestAddress = NativeMemory.address(request);
    private final long answerAddress = NativeMemory.address(answer);

    private DiagSocket(int fd) {
        this.fd = fd;
    }

    /** A socket in the network namespace of this process. */
    static DiagSocket open() throws IOException {
        int fd = LibC.socket(LibC.AF_NETLINK, LibC.SOCK_RAW | LibC.SOCK_CLOEXEC, LibC.NETLINK_SOCK_DIAG);
        if (fd < 0) {
            throw LibC.failure("cannot open a netlink socket");
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
        return LibC.send(fd, requestAddress, DiagRequest.BYTES, LibC.MSG_DONTWAIT) == DiagRequest.BYTES;
    }

    /** Bytes of the next part of the answer, or below 0 when there is none. */
    int receive() {
        int bytes = (int) LibC.recv(fd, answerAddress, RECEIVE_BYTES, LibC.MSG_DONTWAIT);
        Reference.reachabilityFence(this);
        return bytes;
    }

    @Override
    public void close() {
        LibC.close(fd);
    }
}
