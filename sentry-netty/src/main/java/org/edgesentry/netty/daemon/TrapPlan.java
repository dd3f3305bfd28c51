package org.edgesentry.netty.daemon;

import java.util.BitSet;
import org.apache.logging.log4j.Logger;
import org.edgesentry.core.config.Modes;
import org.edgesentry.core.config.Settings;
import org.edgesentry.core.net.PortSet;
import org.edgesentry.netty.host.OpenPorts;

/**
 * Which ports become traps: those of the settings without those that a local service has open. In the connect mode the
 * bind itself finds that out, for each port and with its reason. Thread: immutable.
 *
 * @param tcp TCP traps
 * @param udp UDP traps
 * @param tcpInUse TCP ports of the settings that a service has open
 * @param udpInUse UDP ports of the settings that a service has open
 */
record TrapPlan(PortSet tcp, PortSet udp, PortSet tcpInUse, PortSet udpInUse) {

    static TrapPlan of(Settings.Traps traps, Modes modes, OpenPorts open) throws StartFailure {
        if (traps.tcpPorts().isEmpty() && traps.udpPorts().isEmpty()) {
            throw new StartFailure(StartFailure.BAD_CONFIGURATION,
                    "nothing to watch: TCP_PORTS and UDP_PORTS are both empty; list the ports that are to be traps");
        }
        if (modes.binds()) {
            return new TrapPlan(traps.tcpPorts(), traps.udpPorts(), PortSet.EMPTY, PortSet.EMPTY);
        }
        TrapPlan plan = new TrapPlan(traps.tcpPorts().without(open.tcp()), traps.udpPorts().without(open.udp()),
                both(traps.tcpPorts(), open.tcp()), both(traps.udpPorts(), open.udp()));
        if (plan.tcp.isEmpty() && plan.udp.isEmpty()) {
            throw new StartFailure(StartFailure.COULD_NOT_WORK, "nothing to watch: services of this host have all"
                    + " ports of TCP_PORTS and UDP_PORTS open; list ports that nothing uses");
        }
        return plan;
    }

    void announce(Logger log) {
        if (!tcpInUse.isEmpty()) {
            log.info("Not traps, since a service of this host has them open: TCP {}", tcpInUse);
        }
        if (!udpInUse.isEmpty()) {
            log.info("Not traps, since a service of this host has them open: UDP {}", udpInUse);
        }
    }

    private static PortSet both(PortSet asked, PortSet open) {
        BitSet bits = asked.toBitSet();
        bits.and(open.toBitSet());
        return PortSet.of(bits);
    }
}
