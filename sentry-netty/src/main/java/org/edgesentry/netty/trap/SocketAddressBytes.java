package org.edgesentry.netty.trap;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
import org.edgesentry.core.net.AddressFamily;
import org.edgesentry.netty.system.LibC;
import org.edgesentry.netty.system.NativeMemory;

/**
 * {@code struct sockaddr_in} (ip(7)) or {@code struct sockaddr_in6} (ipv6(7)) at some place in native memory.
 *
 * <pre>
 *          0        2       4            8              24        28
 *  IPv4    family   port    address
 *  IPv6    family   port    flow label   address        scope
 * </pre>
 *
 * <p>Thread: that of the memory; reading allocates nothing.
 */
final class SocketAddressBytes {

    static final int BYTES = 28;

    private static final int IPV4_BYTES = 16;
    private static final int PORT = 2;
    private static final int IPV4_ADDRESS = 4;
    private static final int IPV6_ADDRESS = 8;
    private static final int SCOPE = 24;

    private final NativeMemory memory;
    private final int offset;

    SocketAddressBytes(NativeMemory memory, int offset) {
        this.memory = memory;
        this.offset = offset;
    }

    /** Writes an address with its port. */
    void set(InetSocketAddress address) {
        byte[] bytes = address.getAddress().getAddress();
        clear();
        boolean ipv4 = bytes.length == 4;
        memory.host().putShort(offset, (short) (ipv4 ? LibC.AF_INET : LibC.AF_INET6));
        memory.network().putShort(offset + PORT, (short) address.getPort());
        memory.network().put(offset + (ipv4 ? IPV4_ADDRESS : IPV6_ADDRESS), bytes);
        if (address.getAddress() instanceof Inet6Address scoped) {
            memory.host().putInt(offset + SCOPE, scoped.getScopeId());
        }
    }

    void clear() {
        for (int i = 0; i < BYTES; i += Integer.BYTES) {
            memory.host().putInt(offset + i, 0);
        }
    }

    /** {@link AddressFamily}, or 0 when nothing is here. */
    int family() {
        return switch (memory.host().getShort(offset)) {
            case LibC.AF_INET -> AddressFamily.IPV4;
            case LibC.AF_INET6 -> AddressFamily.IPV6;
            default -> 0;
        };
    }

    int port() {
        return Short.toUnsignedInt(memory.network().getShort(offset + PORT));
    }

    /** Upper half of the address, as events carry it. */
    long hi() {
        return isIpv4() ? 0 : memory.network().getLong(offset + IPV6_ADDRESS);
    }

    /** Lower half of the address, as events carry it. */
    long lo() {
        return isIpv4() ? Integer.toUnsignedLong(memory.network().getInt(offset + IPV4_ADDRESS))
                : memory.network().getLong(offset + IPV6_ADDRESS + Long.BYTES);
    }

    /** Index of the interface that an IPv6 link-local address belongs to, else 0. */
    int scope() {
        return isIpv4() ? 0 : memory.host().getInt(offset + SCOPE);
    }

    /** Bytes that the kernel is to read. */
    int length() {
        return isIpv4() ? IPV4_BYTES : BYTES;
    }

    long address() {
        return memory.address(offset);
    }

    /** The wildcard address of a family; its port is 0. */
    static InetSocketAddress wildcard(int family, int port) {
        return new InetSocketAddress(ofZeros(family, (byte) 0), port);
    }

    /** The loopback address of a family with a port of the kernel's choice. */
    static InetSocketAddress loopback(int family) {
        byte[] ipv4 = {127, 0, 0, 1};
        return new InetSocketAddress(family == AddressFamily.IPV4 ? ofBytes(ipv4) : ofZeros(family, (byte) 1), 0);
    }

    private static InetAddress ofZeros(int family, byte last) {
        byte[] bytes = new byte[AddressFamily.bits(family) / Byte.SIZE];
        Arrays.fill(bytes, (byte) 0);
        bytes[bytes.length - 1] = last;
        return ofBytes(bytes);
    }

    private static InetAddress ofBytes(byte[] bytes) {
        try {
            return InetAddress.getByAddress(bytes);
        } catch (java.net.UnknownHostException e) {
            throw new IllegalStateException(e);
        }
    }

    private boolean isIpv4() {
        return memory.host().getShort(offset) == LibC.AF_INET;
    }
}
