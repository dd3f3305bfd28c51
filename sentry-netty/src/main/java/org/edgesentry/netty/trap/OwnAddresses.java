package org.edgesentry.netty.trap;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.List;
import org.edgesentry.core.net.AddressFamily;

/**
 * The addresses of this host but loopback, in the form that a socket is bound to: with the scope of a link-local one.
 * Read once, when first asked.
 *
 * <p>Thread: one only.
 */
final class OwnAddresses {

    private List<InetAddress> all;

    List<InetAddress> of(int family) {
        if (all == null) {
            all = read();
        }
        return all.stream()
                .filter(address -> address instanceof Inet4Address == (family == AddressFamily.IPV4)).toList();
    }

    private static List<InetAddress> read() {
        try {
            return NetworkInterface.networkInterfaces().flatMap(NetworkInterface::inetAddresses)
                    .filter(address -> !address.isLoopbackAddress()).toList();
        } catch (SocketException e) {
            return List.of();
        }
    }
}
