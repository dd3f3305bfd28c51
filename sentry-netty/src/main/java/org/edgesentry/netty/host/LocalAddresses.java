package org.edgesentry.netty.host;

import java.net.InterfaceAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.edgesentry.core.net.Cidr;
import org.edgesentry.core.net.CidrParser;

/**
 * The addresses of this machine, of all its interfaces, loopback among them.
 *
 * <p>Thread: immutable.
 *
 * @param addresses single addresses
 * @param networks the networks that lie on its links, by the prefix lengths of these addresses
 */
public record LocalAddresses(List<Cidr> addresses, List<Cidr> networks) {

    /** Takes copies. */
    public LocalAddresses {
        addresses = List.copyOf(addresses);
        networks = List.copyOf(networks);
    }

    /** The addresses at this moment in this network namespace. */
    public static Reading<LocalAddresses> read() {
        List<String> problems = new ArrayList<>();
        Set<Cidr> addresses = new LinkedHashSet<>();
        Set<Cidr> networks = new LinkedHashSet<>();
        try {
            NetworkInterface.networkInterfaces()
                    .flatMap(networkInterface -> networkInterface.getInterfaceAddresses().stream())
                    .forEach(address -> add(address, addresses, networks));
        } catch (SocketException e) {
            problems.add("the addresses of this machine cannot be read: " + e.getMessage());
        }
        return new Reading<>(new LocalAddresses(List.copyOf(addresses), List.copyOf(networks)), problems);
    }

    private static void add(InterfaceAddress address, Set<Cidr> addresses, Set<Cidr> networks) {
        byte[] bytes = address.getAddress().getAddress();
        addresses.add(CidrParser.ofBytes(bytes, bytes.length * 8));
        networks.add(CidrParser.ofBytes(bytes, address.getNetworkPrefixLength()));
    }
}
