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

    private final RunOptions options;
    private Watch watch;
    private HostFacts host;
    private ServedPorts served = ServedPorts.NONE;
    private Optional<PacketCapture> capture = Optional.empty();

    CaptureScope(RunOptions options, Watch watch, HostFacts host) {
        this.options = options;
        this.watch = watch;
        this.host = host;
    }

    /** The filter as things stand now. */
    synchronized TrapFilter filter() {
        PortSet tcp = watch.plan().readTcp();
        PortSet udp = watch.plan().readUdp();
        if (sparesServices()) {
            tcp = tcp.without(served.tcp(host.isIpv6InUse()));
            udp = udp.without(servedUdp());
        }
        return new TrapFilter(tcp, udp, udp, Optional.of(host.ephemeral()), isGateway());
    }

    /** What this host serves may be a trap on the hosts behind it. */
    private boolean sparesServices() {
        return options.checksServices() && !isGateway();
    }

    /** Whether other hosts than this one are watched. */
    private boolean isGateway() {
        return !watch.settings().detection().homeNet().isEmpty();
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
    synchronized void take(Watch newer) {
        watch = newer;
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
