package org.edgesentry.actions.firewall.nfnetlink;

import com.sun.jna.Native;
import com.sun.jna.Pointer;
import java.io.IOException;
import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * A netlink socket to the kernel's packet filter, netlink(7), through JNA's direct mapping: a call converts nothing.
 *
 * <p>The kernel does what a message asks for before {@link #send} returns, and its answers then wait to be read.
 *
 * <p>Thread: one at a time.
 */
public final class NetlinkSocket implements AutoCloseable {

    private static final int AF_NETLINK = 16;
    private static final int SOCK_RAW = 3;
    private static final int SOCK_CLOEXEC = 0x8_0000;
    private static final int NETLINK_NETFILTER = 12;
    private static final int SOL_NETLINK = 270;
    private static final int NETLINK_CAP_ACK = 10;
    private static final int MSG_DONTWAIT = 0x40;
    private static final int EAGAIN = 11;

    static {
        Native.register(NetlinkSocket.class, "c");
    }

    private final int descriptor;

    private NetlinkSocket(int descriptor) {
        this.descriptor = descriptor;
    }

    /** @throws IOException in the kernel's words when this machine gives none */
    public static NetlinkSocket open() throws IOException {
        int descriptor = socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_NETFILTER);
        if (descriptor < 0) {
            throw new IOException("the kernel gives no netfilter socket: " + errorText(Native.getLastError()));
        }
        NetlinkSocket socket = new NetlinkSocket(descriptor);
        socket.shortenAnswers();
        return socket;
    }

    /** An answer to a message that failed would repeat all of it. Kernels before 4.3 do not know this. */
    private void shortenAnswers() {
        ByteBuffer yes = memory(Integer.BYTES).putInt(0, 1);
        setsockopt(descriptor, SOL_NETLINK, NETLINK_CAP_ACK, address(yes), Integer.BYTES);
        Reference.reachabilityFence(yes);
    }

    /** Its number. */
    public int descriptor() {
        return descriptor;
    }

    /** Sends the first so many bytes of memory outside the heap. */
    void send(ByteBuffer message, int bytes) throws IOException {
        long sent = send(descriptor, address(message), bytes, 0);
        Reference.reachabilityFence(message);
        if (sent < 0) {
            throw new IOException(errorText(Native.getLastError()));
        }
    }

    /** Bytes of the next answer, which is put into memory outside the heap; 0 when there is none. */
    int receive(ByteBuffer answer) throws IOException {
        long bytes = recv(descriptor, address(answer), answer.capacity(), MSG_DONTWAIT);
        Reference.reachabilityFence(answer);
        if (bytes < 0 && Native.getLastError() != EAGAIN) {
            throw new IOException(errorText(Native.getLastError()));
        }
        return (int) Math.max(bytes, 0);
    }

    static ByteBuffer memory(int bytes) {
        return ByteBuffer.allocateDirect(bytes).order(ByteOrder.nativeOrder());
    }

    private static long address(ByteBuffer memory) {
        return Pointer.nativeValue(Native.getDirectBufferPointer(memory));
    }

    /** An error in the words of the C library. */
    static String errorText(int errno) {
        return new Pointer(strerror(errno)).getString(0);
    }

    @Override
    public void close() {
        close(descriptor);
    }

    private static native int socket(int domain, int type, int protocol);

    private static native int setsockopt(int socket, int level, int name, long value, int valueBytes);

    private static native long send(int socket, long message, long bytes, int flags);

    private static native long recv(int socket, long buffer, long bytes, int flags);

    private static native int close(int socket);

    private static native long strerror(int errno);
}
