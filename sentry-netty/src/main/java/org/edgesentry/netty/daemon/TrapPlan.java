package org.edgesentry.netty.daemon;

import org.apache.logging.log4j.Logger;
import org.edgesentry.core.config.Modes;
import org.edgesentry.core.config.Settings;
import org.edgesentry.core.net.IpProtocol;
import org.edgesentry.core.net.PortSet;
import org.edgesentry.netty.host.sockets.OpenServices;

/**
 * Which ports become traps: those of the settings. In the stealth mode a port is one whenever no service has it open;
 * in the connect mode the bind finds out, for each port and with its reason. Thread: immutable.
 *
 * @param tcp TCP traps
 * @param udp UDP traps
 * @param tcpInUse TCP ports of the settings that a service has open at the start
 * @param udpInUse UDP ports of the settings that a service has open at the start
 */
record TrapPlan(PortSet tcp, PortSet udp, PortSet tcpInUse, PortSet udpInUse) {

    static TrapPlan of(Settings.Traps traps, Modes modes, OpenServices open) throws StartFailure {
        if (traps.tcpPorts().isEmpty() && traps.udpPorts().isEmpty()) {
            throw new StartFailure(StartFailure.BAD_CONFIGURATION,
                    "nothing to watch: TCP_PORTS and UDP_PORTS are both empty; list the ports that are to be traps");
        }
        if (modes.binds()) {
            return new TrapPlan(traps.tcpPorts(), traps.udpPorts(), PortSet.EMPTY, PortSet.EMPTY);
        }
        return new TrapPlan(traps.tcpPorts(), traps.udpPorts(),
                traps.tcpPorts().common(open.reachable(IpProtocol.TCP)),
                traps.udpPorts().common(open.reachable(IpProtocol.UDP)));
    }

    void announce(Logger log) {
        if (!tcpInUse.isEmpty()) {
            log.info("No traps while a service of this host has them open: TCP {}", tcpInUse);
        }
        if (!udpInUse.isEmpty()) {
            log.info("No traps while a service of this host has them open: UDP {}", udpInUse);
        }
    }
}
