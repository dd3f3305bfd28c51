package org.edgesentry.actions.names;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import org.edgesentry.core.net.AddressFamily;
import org.edgesentry.core.net.Cidr;

/**
 * The machine's resolver, as nsswitch.conf(5) sets it up. A name counts only if it leads back to the address, so that
 * nobody can pass for somebody else: InetAddress asks for that, too. Blocks for as long as the resolver does, which
 * resolv.conf(5) bounds. Thread: any.
 */
final class SystemResolver {

    private SystemResolver() {
    }

    /** The name of an address; empty when it has none. */
    static String nameOf(Cidr source) {
        try {
            InetAddress address = InetAddress.getByAddress(bytes(source));
            String name = address.getHostName();
            return name.equals(address.getHostAddress()) ? "" : name;
        } catch (UnknownHostException e) {
            throw new IllegalStateException("an address of neither 4 nor 16 bytes", e);
        }
    }

    private static byte[] bytes(Cidr source) {
        return source.family() == AddressFamily.IPV4
                ? ByteBuffer.allocate(Integer.BYTES).putInt((int) source.lo()).array()
                : ByteBuffer.allocate(2 * Long.BYTES).putLong(source.hi()).putLong(source.lo()).array();
    }
}
