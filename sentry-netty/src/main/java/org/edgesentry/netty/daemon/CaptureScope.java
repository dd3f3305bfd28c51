package org.edgesentry.netty.daemon;

import java.util.Optional;
import org.edgesentry.core.net.PortSet;
import org.edgesentry.netty.capture.PacketCapture;
import org.edgesentry.netty.capture.TrapFilter;
import org.edgesentry.netty.host.sockets.ServedPorts;

/**
 * What the kernel hands over to the capture: packets for the traps, without the ports that a service of this host has
 * open everywhere, so that its traffic costs nothing. The classifier judges exactly; this only spares it work.
 *
 * <p>Thread: any; those who bring news wait for each other.
 */
final class CaptureScope {

    private final boolean checksServices;
    private TrapPlan plan;
    private HostFacts host;
    private ServedPorts served = ServedPorts.NONE;
    private Optional<PacketCapture> capture = Optional.empty();

    CaptureScope(RunOptions options, TrapPlan plan, HostFacts host) {
        this.checksServices = options.checksServices();
        this.plan = plan;
        this.host = host;
    }

    /** The filter as things stand now. */
    synchronized TrapFilter filter() {
        PortSet tcp = checksServices ? plan.readTcp().without(served.tcp(host.isIpv6InUse())) : plan.readTcp();
        PortSet udp = checksServices ? plan.readUdp().without(servedUdp()) : plan.readUdp();
        return new TrapFilter(tcp, udp, udp, Optional.of(host.ephemeral()));
    }

    /** Not the ports lent to our own questions: what they ask must be seen, since answers may outlive the socket. */
    private PortSet servedUdp() {
        return served.udp(host.isIpv6InUse()).without(host.ephemeralPorts());
    }

    /** From now on this capture is told of changes. */
    synchronized void follow(PacketCapture started) {
        capture = Optional.of(started);
        tell();
    }

    /** The configuration has changed. */
    synchronized void take(TrapPlan newer) {
        plan = newer;
        tell();
    }

    /** Services have started or stopped. */
    synchronized void take(ServedPorts newer) {
        served = newer;
        tell();
    }

    /** Addresses or interfaces have changed. */
    synchronized void take(HostFacts newer) {
        boolean sameFamilies = newer.isIpv6InUse() == host.isIpv6InUse();
        host = newer;
        capture.ifPresent(running -> running.interfacesChanged(newer.view().interfaces()));
        if (!sameFamilies) {
            tell();
        }
    }

    private void tell() {
        capture.ifPresent(running -> running.watch(filter()));
    }
}
