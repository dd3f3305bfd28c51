package org.edgesentry.netty.host.sockets;

import org.edgesentry.core.net.AddressFamily;
import org.edgesentry.core.probe.ProbeEvent;

/**
 * A socket that takes what strangers send: a listening TCP socket, or a UDP socket without a peer. Thread: immutable.
 *
 * @param protocol IP protocol number
 * @param family family of the socket's own address
 * @param bothFamilies whether it takes IPv4 as well, being an IPv6 socket that is bound to no address
 * @param hi its address, upper half; no bit in both halves means any
 * @param lo its address, lower half
 * @param port its port
 * @param interfaceIndex interface that it is bound to (SO_BINDTODEVICE), or 0
 */
record OpenSocket(int protocol, int family, boolean bothFamilies, long hi, long lo, int port, int interfaceIndex) {

    private static final long LOOPBACK_NET = 127;

    /** Whether it takes the packet; an event of an unknown interface is taken for one of the right one. */
    boolean takes(ProbeEvent event) {
        return event.destinationPort == port && event.protocol == protocol
                && (event.family == family || bothFamilies)
                && (isAnyAddress() || event.destinationHi == hi && event.destinationLo == lo)
                && (interfaceIndex == 0 || event.interfaceIndex == 0 || event.interfaceIndex == interfaceIndex);
    }

    /** The same for packets that were captured on another interface. */
    OpenSocket on(int otherInterface) {
        return new OpenSocket(protocol, family, bothFamilies, hi, lo, port, otherInterface);
    }

    /** Whether it takes packets of the family to every address on every interface. */
    boolean isOpenEverywhere(int otherFamily) {
        return isAnyAddress() && interfaceIndex == 0 && (family == otherFamily || bothFamilies);
    }

    /** Whether only this host itself can reach it. */
    boolean isLoopback() {
        return family == AddressFamily.IPV4 ? lo >>> 24 == LOOPBACK_NET : hi == 0 && lo == 1;
    }

    private boolean isAnyAddress() {
        return hi == 0 && lo == 0;
    }
}
