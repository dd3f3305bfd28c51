package org.edgesentry.netty.trap;

import java.nio.ByteBuffer;
import org.edgesentry.netty.system.LibC;
import org.edgesentry.netty.system.NativeMemory;

/**
 * The datagram that was received last: who sent it, and to which address and port; its content is cut off. One for all
 * UDP traps. The destination comes as a control message (IP_RECVORIGDSTADDR in ip(7), its IPv6 twin in linux/in6.h), so
 * it is right for wildcard sockets and for datagrams that a firewall rule steered here.
 *
 * <pre>
 *  struct msghdr, recvmsg(2)                        struct cmsghdr, cmsg(3)
 *   0 name       8 its length   16 vector            0 length   8 level   12 type   16 socket address
 *  24 vectors   32 control      40 its length   48 flags
 * </pre>
 *
 * <p>Thread: the traps' event loop; allocates nothing after the constructor.
 */
final class Datagram {

    static final int NAME_LENGTH = 8;
    static final int VECTOR = 16;
    static final int VECTORS = 24;
    static final int CONTROL = 32;
    static final int CONTROL_LENGTH = 40;
    static final int HEADER_BYTES = 56;
    static final int VECTOR_BYTES = 16;
    static final int CMSG_LEVEL = 8;
    static final int CMSG_TYPE = 12;
    static final int CMSG_DATA = 16;

    private static final int VECTOR_AT = HEADER_BYTES;
    private static final int NAME_AT = VECTOR_AT + VECTOR_BYTES;
    private static final int CONTROL_AT = NAME_AT + 32;
    private static final int CONTROL_BYTES = 64;
    private static final int CONTENT_AT = CONTROL_AT + CONTROL_BYTES;
    /** Who sent is all that counts. */
    private static final int CONTENT_BYTES = 8;

    private final NativeMemory memory = new NativeMemory(CONTENT_AT + CONTENT_BYTES);
    private final SocketAddressBytes source = new SocketAddressBytes(memory, NAME_AT);
    private final SocketAddressBytes destination = new SocketAddressBytes(memory, CONTROL_AT + CMSG_DATA);

    Datagram() {
        ByteBuffer header = memory.host();
        header.putLong(0, source.address());
        header.putLong(VECTOR, memory.address(VECTOR_AT)).putLong(VECTORS, 1);
        header.putLong(CONTROL, memory.address(CONTROL_AT));
        header.putLong(VECTOR_AT, memory.address(CONTENT_AT)).putLong(VECTOR_AT + Long.BYTES, CONTENT_BYTES);
    }

    /** Takes the next datagram of the socket; false when there is none. */
    boolean receive(int fd) {
        source.clear();
        destination.clear();
        memory.host().putInt(NAME_LENGTH, SocketAddressBytes.BYTES).putLong(CONTROL_LENGTH, CONTROL_BYTES);
        return LibC.recvmsg(fd, memory.address(0), LibC.MSG_DONTWAIT) >= 0;
    }

    /** Whether the kernel told both addresses, of one family. */
    boolean isComplete() {
        return source.family() != 0 && source.family() == destination.family();
    }

    SocketAddressBytes source() {
        return source;
    }

    SocketAddressBytes destination() {
        return destination;
    }
}
