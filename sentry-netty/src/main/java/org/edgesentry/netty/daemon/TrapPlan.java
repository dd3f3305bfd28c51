package org.edgesentry.netty.daemon;

import java.util.Optional;
import org.apache.logging.log4j.Logger;
import org.edgesentry.core.config.Mode;
import org.edgesentry.core.config.Modes;
import org.edgesentry.core.config.Settings;
import org.edgesentry.core.net.IpProtocol;
import org.edgesentry.core.net.PortSet;
import org.edgesentry.netty.host.sockets.OpenServices;

/**
 * Which ports are traps, and whether they are bound or read off the wire. What a service of the host has open is not
 * taken out here: that changes by the second. Thread: immutable.
 *
 * @param boundTcp TCP ports to bind
 * @param boundUdp UDP ports to bind
 * @param readTcp TCP ports whose packets are read
 * @param readUdp UDP ports whose packets are read
 */
record TrapPlan(PortSet boundTcp, PortSet boundUdp, PortSet readTcp, PortSet readUdp) {

    static TrapPlan of(Settings settings, Modes modes) throws StartFailure {
        PortSet tcp = tcp(settings, modes.tcp());
        PortSet udp = udp(settings, modes.udp());
        if (tcp.isEmpty() && udp.isEmpty()) {
            throw new StartFailure(StartFailure.BAD_CONFIGURATION, "nothing to watch in " + modes + " mode: "
                    + emptyKeys(modes) + "; list the ports that are to be traps");
        }
        boolean bindsTcp = modes.tcp().filter(Mode::binds).isPresent();
        boolean bindsUdp = modes.udp().filter(Mode::binds).isPresent();
        return new TrapPlan(bindsTcp ? tcp : PortSet.EMPTY, bindsUdp ? udp : PortSet.EMPTY,
                bindsTcp ? PortSet.EMPTY : tcp, bindsUdp ? PortSet.EMPTY : udp);
    }

    private static PortSet tcp(Settings settings, Optional<Mode> mode) {
        return mode.map(one -> one.isAdvanced()
                ? PortSet.range(1, settings.advanced().highestTcp()).without(settings.advanced().excludedTcp())
                : settings.traps().tcpPorts()).orElse(PortSet.EMPTY);
    }

    private static PortSet udp(Settings settings, Optional<Mode> mode) {
        return mode.map(one -> one.isAdvanced()
                ? PortSet.range(1, settings.advanced().highestUdp()).without(settings.advanced().excludedUdp())
                : settings.traps().udpPorts()).orElse(PortSet.EMPTY);
    }

    private static String emptyKeys(Modes modes) {
        if (modes.tcp().isPresent() && modes.udp().isPresent()) {
            return "TCP_PORTS and UDP_PORTS are both empty";
        }
        return (modes.tcp().isPresent() ? "TCP_PORTS" : "UDP_PORTS") + " is empty";
    }

    /** Says which ports of a list are left out for the time being; of all ports of a host that would say nothing. */
    void announce(OpenServices open, Modes modes, Logger log) {
        announce("TCP", modes.tcp(), readTcp.common(open.reachable(IpProtocol.TCP)), log);
        announce("UDP", modes.udp(), readUdp.common(open.reachable(IpProtocol.UDP)), log);
    }

    private static void announce(String protocol, Optional<Mode> mode, PortSet inUse, Logger log) {
        if (!inUse.isEmpty() && !mode.filter(Mode::isAdvanced).isPresent()) {
            log.info("No traps while a service of this host has them open: {} {}", protocol, inUse);
        }
    }

    /** How many TCP traps there are. */
    int tcp() {
        return boundTcp.size() + readTcp.size();
    }

    /** How many UDP traps there are. */
    int udp() {
        return boundUdp.size() + readUdp.size();
    }
}
