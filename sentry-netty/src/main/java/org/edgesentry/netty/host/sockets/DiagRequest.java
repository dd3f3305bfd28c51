package org.edgesentry.netty.host.sockets;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.edgesentry.core.net.AddressFamily;

/**
 * Writes requests for sock_diag into a buffer: {@code struct nlmsghdr} (netlink(7)) and, behind it,
 * {@code struct inet_diag_req_v2} (linux/inet_diag.h).
 *
 * <pre>
 *  0 length        4 type, flags    8 sequence       12 port id
 * 16 family, protocol, extensions, padding           20 states wanted
 * 24 source port, destination port                   28 source address (16 bytes)
 * 44 destination address (16 bytes)                  60 interface      64 cookie (8 bytes)
 * </pre>
 *
 * <p>Ports and addresses are in network order, the rest in the machine's.
 *
 * <p>Thread: that of its buffer; writing allocates nothing.
 */
final class DiagRequest {

    /** Bytes of a request. */
    static final int BYTES = 72;

    private static final short SOCK_DIAG_BY_FAMILY = 20;
    private static final short NLM_F_REQUEST = 1;
    private static final short NLM_F_DUMP = 0x300;

    private static final byte AF_INET = 2;
    private static final byte AF_INET6 = 10;

    private static final int TYPE = 4;
    private static final int FLAGS = 6;
    private static final int SEQUENCE = 8;
    private static final int FAMILY = 16;
    private static final int PROTOCOL = 17;
    private static final int STATES = 20;
    private static final int SOURCE_PORT = 24;
    private static final int DESTINATION_PORT = 26;
    private static final int SOURCE = 28;
    private static final int DESTINATION = 44;
    private static final int INTERFACE = 60;
    private static final int COOKIE = 64;
    /** INET_DIAG_NOCOOKIE: any socket will do. */
    private static final long NO_COOKIE = -1;

    private final ByteBuffer machine;
    private final ByteBuffer network;

    DiagRequest(ByteBuffer buffer) {
        this.machine = buffer.duplicate().order(ByteOrder.nativeOrder());
        this.network = buffer.duplicate().order(ByteOrder.BIG_ENDIAN);
        machine.putInt(0, BYTES).putShort(TYPE, SOCK_DIAG_BY_FAMILY).putLong(COOKIE, NO_COOKIE);
    }

    /** All sockets of a family and protocol in one of these states (a bit each, TCP_... of net/tcp_states.h). */
    void list(int family, int protocol, int states, int sequence) {
        head(family, protocol, sequence, (short) (NLM_F_REQUEST | NLM_F_DUMP));
        machine.putInt(STATES, states);
    }

    /** The one socket that takes a packet; {@link #source} and {@link #destination} say which packet. */
    void one(int family, int protocol, int interfaceIndex, int sequence) {
        head(family, protocol, sequence, NLM_F_REQUEST);
        machine.putInt(STATES, -1);
        machine.putInt(INTERFACE, interfaceIndex);
    }

    void source(int family, long hi, long lo, int port) {
        network.putShort(SOURCE_PORT, (short) port);
        address(SOURCE, family, hi, lo);
    }

    void destination(int family, long hi, long lo, int port) {
        network.putShort(DESTINATION_PORT, (short) port);
        address(DESTINATION, family, hi, lo);
    }

    private void head(int family, int protocol, int sequence, short flags) {
        machine.putShort(FLAGS, flags).putInt(SEQUENCE, sequence);
        machine.put(FAMILY, family == AddressFamily.IPV4 ? AF_INET : AF_INET6).put(PROTOCOL, (byte) protocol);
    }

    private void address(int offset, int family, long hi, long lo) {
        if (family == AddressFamily.IPV4) {
            network.putInt(offset, (int) lo);
        } else {
            network.putLong(offset, hi).putLong(offset + Long.BYTES, lo);
        }
    }
}
