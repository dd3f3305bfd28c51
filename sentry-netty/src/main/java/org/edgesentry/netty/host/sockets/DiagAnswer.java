package org.edgesentry.netty.host.sockets;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.edgesentry.core.net.AddressFamily;

/**
 * Steps through the messages of an answer of sock_diag: {@code struct nlmsghdr} (netlink(7)), each followed by
 * {@code struct inet_diag_msg} with attributes, or by an error number.
 *
 * <pre>
 *  0 length        4 type, flags    8 sequence       12 port id
 * 16 family, state, timer, retransmissions           20 source port, destination port
 * 24 source address (16 bytes)                       40 destination address (16 bytes)
 * 56 interface     60 cookie, expiry, queues, owner  88 attributes: length, type, value, each at a multiple of 4
 * </pre>
 *
 * <p>Whatever its length fields say, nothing beyond the bytes received is read.
 *
 * <p>Thread: that of its buffer; allocates nothing.
 */
final class DiagAnswer {

    private static final int ERROR = 2;
    private static final int DONE = 3;
    private static final int SOCK_DIAG_BY_FAMILY = 20;

    private static final int HEADER_BYTES = 16;
    private static final int TYPE = 4;
    private static final int SEQUENCE = 8;
    private static final int FAMILY = 16;
    private static final int SOURCE_PORT = 20;
    private static final int SOURCE = 24;
    private static final int INTERFACE = 56;
    private static final int ATTRIBUTES = 88;
    private static final int ATTRIBUTE_HEADER_BYTES = 4;
    private static final int SKV6ONLY = 11;
    private static final byte AF_INET6 = 10;

    private final ByteBuffer machine;
    private final ByteBuffer network;
    private int received;
    private int start;
    private int end;

    DiagAnswer(ByteBuffer buffer) {
        this.machine = buffer.duplicate().order(ByteOrder.nativeOrder());
        this.network = buffer.duplicate().order(ByteOrder.BIG_ENDIAN);
    }

    /** Begins with so many new bytes in the buffer. */
    void begin(int bytes) {
        received = bytes;
        end = 0;
    }

    /** Goes to the next message; false after the last. A message that claims to be longer than the rest ends it. */
    boolean next() {
        start = end + 3 & ~3;
        if (received - start < HEADER_BYTES) {
            return false;
        }
        int length = machine.getInt(start);
        if (length < HEADER_BYTES || length > received - start) {
            return false;
        }
        end = start + length;
        return true;
    }

    int sequence() {
        return machine.getInt(start + SEQUENCE);
    }

    /** Whether this message ends a list. */
    boolean isDone() {
        return type() == DONE;
    }

    boolean isError() {
        return type() == ERROR && end - start >= HEADER_BYTES + Integer.BYTES;
    }

    /** Of a message that {@link #isError}: the errno; else 0. */
    int errno() {
        return isError() ? -machine.getInt(start + HEADER_BYTES) : 0;
    }

    /** Whether this message describes a socket. */
    boolean isSocket() {
        return type() == SOCK_DIAG_BY_FAMILY && end - start >= ATTRIBUTES;
    }

    int family() {
        return machine.get(start + FAMILY) == AF_INET6 ? AddressFamily.IPV6 : AddressFamily.IPV4;
    }

    /** The port that the socket is bound to. */
    int port() {
        return Short.toUnsignedInt(network.getShort(start + SOURCE_PORT));
    }

    /** The address that the socket is bound to, as {@link AddressFamily} says. */
    long addressHi() {
        return family() == AddressFamily.IPV4 ? 0 : network.getLong(start + SOURCE);
    }

    long addressLo() {
        return family() == AddressFamily.IPV4 ? Integer.toUnsignedLong(network.getInt(start + SOURCE))
                : network.getLong(start + SOURCE + Long.BYTES);
    }

    /** The interface that the socket is bound to, or 0. */
    int interfaceIndex() {
        return machine.getInt(start + INTERFACE);
    }

    /** Whether an IPv6 socket refuses IPv4 (IPV6_V6ONLY). */
    boolean isIpv6Only() {
        int at = start + ATTRIBUTES;
        while (end - at > ATTRIBUTE_HEADER_BYTES) {
            int length = Short.toUnsignedInt(machine.getShort(at));
            if (length < ATTRIBUTE_HEADER_BYTES) {
                return false;
            }
            if (machine.getShort(at + 2) == SKV6ONLY) {
                return machine.get(at + ATTRIBUTE_HEADER_BYTES) != 0;
            }
            at += length + 3 & ~3;
        }
        return false;
    }

    private int type() {
        return machine.getShort(start + TYPE);
    }
}
