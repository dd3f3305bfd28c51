package org.edgesentry.netty.host.sockets;

import java.net.InetSocketAddress;
import org.edgesentry.core.net.Cidr;
import org.edgesentry.core.net.CidrParser;
import org.edgesentry.core.net.IpProtocol;
import org.edgesentry.core.net.TcpFlags;
import org.edgesentry.core.probe.ProbeEvent;

/** Makes events of packets that come to this machine. */
final class Packets {

    /** A port that nobody uses. */
    static final int STRANGE_PORT = 9;
    private static final int LOOPBACK_INTERFACE = 1;

    private Packets() {
    }

    static ProbeEvent syn(String from, int fromPort, String to, int toPort) {
        ProbeEvent event = packet(IpProtocol.TCP, from, fromPort, to, toPort);
        event.tcpFlags = TcpFlags.SYN;
        return event;
    }

    static ProbeEvent datagram(String from, int fromPort, String to, int toPort) {
        return packet(IpProtocol.UDP, from, fromPort, to, toPort);
    }

    /** A SYN of a stranger to where a server socket is bound. */
    static ProbeEvent syn(InetSocketAddress to) {
        String host = to.getAddress().getHostAddress();
        return syn(host, STRANGE_PORT, host, to.getPort());
    }

    private static ProbeEvent packet(int protocol, String from, int fromPort, String to, int toPort) {
        Cidr source = CidrParser.parse(from);
        Cidr destination = CidrParser.parse(to);
        ProbeEvent event = new ProbeEvent();
        event.interfaceIndex = LOOPBACK_INTERFACE;
        event.family = destination.family();
        event.sourceHi = source.hi();
        event.sourceLo = source.lo();
        event.destinationHi = destination.hi();
        event.destinationLo = destination.lo();
        event.protocol = protocol;
        event.sourcePort = fromPort;
        event.destinationPort = toPort;
        return event;
    }
}
