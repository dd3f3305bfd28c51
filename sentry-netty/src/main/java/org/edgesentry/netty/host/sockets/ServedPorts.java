package org.edgesentry.netty.host.sockets;

import org.edgesentry.core.net.PortSet;

/**
 * Ports that services have open on every address and interface of this host: what comes to them need not be captured.
 * Thread: immutable.
 *
 * @param tcpIpv4 TCP over IPv4
 * @param tcpIpv6 TCP over IPv6
 * @param udpIpv4 UDP over IPv4
 * @param udpIpv6 UDP over IPv6
 */
public record ServedPorts(PortSet tcpIpv4, PortSet tcpIpv6, PortSet udpIpv4, PortSet udpIpv6) {

    /** Nothing is served. */
    public static final ServedPorts NONE =
            new ServedPorts(PortSet.EMPTY, PortSet.EMPTY, PortSet.EMPTY, PortSet.EMPTY);

    /** TCP ports that are served over each family in use. */
    public PortSet tcp(boolean ipv6InUse) {
        return ipv6InUse ? tcpIpv4.common(tcpIpv6) : tcpIpv4;
    }

    /** UDP ports that are served over each family in use. */
    public PortSet udp(boolean ipv6InUse) {
        return ipv6InUse ? udpIpv4.common(udpIpv6) : udpIpv4;
    }
}
