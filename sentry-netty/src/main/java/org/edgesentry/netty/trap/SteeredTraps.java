package org.edgesentry.netty.trap;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.edgesentry.actions.firewall.FirewallException;
import org.edgesentry.actions.firewall.SteerTarget;
import org.edgesentry.actions.firewall.Steering;
import org.edgesentry.core.net.IpProtocol;
import org.edgesentry.core.net.PortSet;
import org.edgesentry.netty.host.RulesetWatch;

/**
 * One transparent listener per protocol and address family stands for all trap ports: a rule of the firewall hands it
 * what no socket of this host would take. The listeners are on loopback, where nobody else reaches them.
 *
 * <p>Somebody may flush the rules: changes of the firewall are heard of once a second, and ours are put back.
 *
 * <p>Thread: see {@link TrapSet}; {@code sentry-steer} looks after the rules.
 */
final class SteeredTraps implements TrapSet {

    private static final Logger LOG = LogManager.getLogger(SteeredTraps.class);

    private final TrapLoop loop;
    private final Steering steering;
    private final RulesetWatch watch;
    private final List<TrapSocket> listeners = new ArrayList<>();
    private final List<SteerTarget> targets = new ArrayList<>();
    private final ScheduledExecutorService keeper = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread thread = new Thread(work, "sentry-steer");
        thread.setDaemon(true);
        return thread;
    });
    private int size;
    private boolean failing;

    private SteeredTraps(TrapLoop loop, Steering steering, RulesetWatch watch) {
        this.loop = loop;
        this.steering = steering;
        this.watch = watch;
    }

    /** Opens the listeners; the rules come with the first update. */
    static SteeredTraps open(TrapLoop loop, TrapBinder tcp, TrapBinder udp) throws TrapException {
        SteeredTraps traps = null;
        try {
            traps = new SteeredTraps(loop, new Steering(), new RulesetWatch());
            for (int family : AddressFamilies.ofThisHost()) {
                traps.listen(IpProtocol.TCP, family, tcp);
                traps.listen(IpProtocol.UDP, family, udp);
            }
            traps.keeper.scheduleWithFixedDelay(traps::keep, 1, 1, TimeUnit.SECONDS);
            return traps;
        } catch (IOException | FirewallException e) {
            if (traps != null) {
                traps.close();
            }
            throw refused(e);
        }
    }

    private void listen(int protocol, int family, TrapBinder binder) throws IOException {
        IOException[] failure = new IOException[1];
        loop.run(() -> {
            try {
                TrapSocket listener = binder.bind(SocketAddressBytes.loopback(family), true);
                listeners.add(listener);
                targets.add(new SteerTarget(protocol, family, listener.port()));
            } catch (IOException e) {
                failure[0] = e;
            }
        });
        if (failure[0] != null) {
            throw failure[0];
        }
    }

    private static TrapException refused(Exception cause) {
        return new TrapException("TRAP_STEER cannot be had: " + cause.getMessage()
                + "; it needs root or CAP_NET_ADMIN, the program nft, and a kernel with nft_tproxy, nft_socket and"
                + " nft_fib (Linux 4.19); with TRAP_STEER=\"0\" each port gets a socket of its own");
    }

    @Override
    public synchronized void update(PortSet tcp, PortSet udp) throws TrapException {
        try {
            steering.steer(Map.of(IpProtocol.TCP, tcp, IpProtocol.UDP, udp), targets);
        } catch (FirewallException e) {
            throw refused(e);
        }
        size = tcp.size() + udp.size();
    }

    /**
     * The rules are looked at only when something in the firewall has changed, or when putting them back has failed.
     */
    private void keep() {
        if (!watch.hasChanged() && !failing) {
            return;
        }
        try {
            if (steering.mend()) {
                LOG.warn("The rules that steer trap ports were gone, and have been put back");
            }
            failing = false;
        } catch (FirewallException e) {
            if (!failing) {
                LOG.error("The rules that steer trap ports are gone and cannot be put back; this is tried again each"
                        + " second: {}", e.getMessage());
            }
            failing = true;
        }
    }

    @Override
    public synchronized int size() {
        return size;
    }

    @Override
    public List<TrapFailure> failures() {
        return List.of();
    }

    @Override
    public int sockets() {
        return targets.size();
    }

    @Override
    public String describe() {
        return "ports without a service steered to " + targets.size() + " listeners";
    }

    @Override
    public void close() {
        keeper.shutdownNow();
        try {
            keeper.awaitTermination(1, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        steering.remove();
        watch.close();
        loop.run(() -> listeners.forEach(TrapSocket::close));
    }
}
