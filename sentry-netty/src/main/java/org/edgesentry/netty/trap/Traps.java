package org.edgesentry.netty.trap;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.edgesentry.core.config.Settings;
import org.edgesentry.core.config.Switch;
import org.edgesentry.core.config.TrapResponse;
import org.edgesentry.core.limits.Limits;
import org.edgesentry.core.net.PortSet;
import org.edgesentry.core.probe.ProbePublisher;
import org.edgesentry.core.time.WallClock;

/**
 * The trap ports of the connect modes, TCP and UDP, over IPv4 and IPv6. Whoever completes a handshake, or sends a
 * datagram, has probed, and gets the answer that TRAP_RESPONSE names. There is a socket for each port, or with
 * TRAP_STEER one for all.
 *
 * <p>Thread: any; publishes from its event loop, {@code sentry-traps}.
 */
public final class Traps implements AutoCloseable {

    private static final Logger LOG = LogManager.getLogger(Traps.class);

    private final Settings.Traps settings;
    private final TrapLoop loop = new TrapLoop();
    private final TrapProbe probe;
    private final HeldConnections held;
    private final TrapBinder tcpBinder;
    private final TrapBinder udpBinder;
    private Optional<TrapSet> set = Optional.empty();
    private boolean steered;
    private PortSet tcpPorts = PortSet.EMPTY;
    private PortSet udpPorts = PortSet.EMPTY;
    private boolean closed;

    /** Traps that publish here, and answer as the settings say; no port is open yet. */
    public Traps(Settings.Traps settings, ProbePublisher publisher, WallClock clock) {
        this.settings = settings;
        this.probe = new TrapProbe(publisher, clock);
        this.held = held(settings.answer(), clock);
        Optional<String> banner = settings.answer() == TrapResponse.BANNER ? settings.banner() : Optional.empty();
        TcpAnswer answer = answer(banner);
        this.tcpBinder = new TcpBinder(new TcpTrap(probe, answer), answer, loop.eventLoop());
        this.udpBinder = new UdpBinder(new UdpReceiver(probe,
                banner.map(text -> new UdpGreeting(text, new ReplyLimit(), clock))), loop.eventLoop());
        loop.everySecond(held::sweep);
    }

    private static HeldConnections held(TrapResponse response, WallClock clock) {
        return switch (response) {
            case TARPIT -> new HeldConnections(
                    Limits.TARPIT_CONNECTIONS, Limits.TARPIT_PER_SOURCE, Long.MAX_VALUE, clock);
            case BANNER -> new HeldConnections(Limits.GREETED_CONNECTIONS, Limits.GREETED_PER_SOURCE,
                    TimeUnit.SECONDS.toNanos(Limits.GREETED_SECONDS), clock);
            case CLOSE, RESET -> new HeldConnections(0, 0, 0, clock);
        };
    }

    private TcpAnswer answer(Optional<String> banner) {
        return switch (settings.answer()) {
            case CLOSE -> TcpAnswer.CLOSE;
            case RESET -> TcpAnswer.RESET;
            case BANNER -> banner.<TcpAnswer>map(text -> new TcpGreeting(text, held, loop.eventLoop()))
                    .orElse(TcpAnswer.CLOSE);
            case TARPIT -> new TcpTarpit(held, loop.eventLoop());
        };
    }

    /**
     * Makes traps of these ports and of no others: opens what is new, closes what is gone, leaves the rest as it is.
     * Ports that cannot be had are told by {@link #failures}; those that a service has open become traps when it stops.
     *
     * Once all is closed, nothing is opened any more.
     *
     * @throws TrapException when TRAP_STEER is 1 and cannot be had; the ports are then those of before
     */
    public synchronized void update(PortSet tcp, PortSet udp) throws TrapException {
        if (closed) {
            return;
        }
        watch(tcp, udp);
        try {
            change(tcp, udp);
        } catch (TrapException e) {
            watch(tcpPorts, udpPorts);
            throw e;
        }
        tcpPorts = tcp;
        udpPorts = udp;
    }

    private void watch(PortSet tcp, PortSet udp) {
        loop.run(() -> probe.watch(tcp, udp));
    }

    private void change(PortSet tcp, PortSet udp) throws TrapException {
        if (set.isPresent() && steered != wantsSteering(tcp, udp)) {
            set.get().close();
            set = Optional.empty();
        }
        if (set.isPresent()) {
            set.get().update(tcp, udp);
        } else {
            open(tcp, udp);
        }
        fitHeldConnections(set.orElseThrow().sockets() + Limits.FILES_BESIDE_TRAPS);
    }

    private boolean wantsSteering(PortSet tcp, PortSet udp) {
        return switch (settings.steer()) {
            case ON -> true;
            case OFF -> false;
            case AUTO -> tcp.size() + udp.size() > Limits.PORTS_WITH_A_SOCKET;
        };
    }

    private void open(PortSet tcp, PortSet udp) throws TrapException {
        steered = wantsSteering(tcp, udp);
        if (steered) {
            try {
                openWith(SteeredTraps.open(loop, tcpBinder, udpBinder), tcp, udp);
                return;
            } catch (TrapException e) {
                if (settings.steer() == Switch.ON) {
                    throw e;
                }
                LOG.warn("{}", e.getMessage());
            }
        }
        openWith(new BoundTraps(loop, tcpBinder, udpBinder), tcp, udp);
    }

    private void openWith(TrapSet opened, PortSet tcp, PortSet udp) throws TrapException {
        try {
            opened.update(tcp, udp);
        } catch (TrapException e) {
            opened.close();
            throw e;
        }
        set = Optional.of(opened);
    }

    /** Connections may be held with the descriptors that the limit of open files leaves. */
    private void fitHeldConnections(int taken) {
        long left = OpenFiles.allow((long) taken + held.bound()) - taken;
        if (left < held.bound()) {
            LOG.warn("Traps hold {} connections at most, since the limit of open files allows no more; set"
                    + " LimitNOFILE={} in the systemd unit", Math.max(0, left), taken + held.bound());
            loop.run(() -> held.bound((int) Math.max(0, left)));
        }
    }

    /** How many ports are traps now, of both protocols. */
    public synchronized int size() {
        return set.map(TrapSet::size).orElse(0);
    }

    /** Ports that are no traps though they should be, at this moment. */
    public synchronized List<TrapFailure> failures() {
        return set.map(TrapSet::failures).orElse(List.of());
    }

    /** How many descriptors the traps and their connections may take. */
    public synchronized int descriptors() {
        return set.map(TrapSet::sockets).orElse(0) + held.bound();
    }

    /** How many connections are held open now, by a tarpit or for a banner. */
    public int heldConnections() {
        return loop.call(held::size);
    }

    /** How the traps work, for the ready line. */
    public synchronized String describe() {
        return set.map(TrapSet::describe).orElse("no ports") + ", " + settings.answer().name().toLowerCase(Locale.ROOT);
    }

    /** Closes all traps and the connections that they hold, and takes back what was changed in the firewall. */
    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        set.ifPresent(TrapSet::close);
        set = Optional.empty();
        loop.run(held::endAll);
        loop.close();
    }
}
