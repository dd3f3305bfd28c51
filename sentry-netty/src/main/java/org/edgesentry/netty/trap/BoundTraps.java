package org.edgesentry.netty.trap;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Future;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.edgesentry.core.limits.Limits;
import org.edgesentry.core.net.AddressFamily;
import org.edgesentry.core.net.IpProtocol;
import org.edgesentry.core.net.PortSet;

/**
 * A socket for each port, protocol and address family. What a service of this host has open is tried again once a
 * second: the port becomes a trap when the service has stopped.
 *
 * <p>Thread: see {@link TrapSet}; the sockets belong to the event loop.
 */
final class BoundTraps implements TrapSet {

    private static final Logger LOG = LogManager.getLogger(BoundTraps.class);

    private final TrapLoop loop;
    private final Map<Integer, TrapBinder> binders;
    private final List<Integer> families = AddressFamilies.ofThisHost();
    private final Future<?> retrying;
    /** By protocol and port. */
    private final TreeMap<Integer, TrapPort> ports = new TreeMap<>();

    BoundTraps(TrapLoop loop, TrapBinder tcp, TrapBinder udp) {
        this.loop = loop;
        this.binders = Map.of(IpProtocol.TCP, tcp, IpProtocol.UDP, udp);
        this.retrying = loop.everySecond(this::retry);
    }

    @Override
    public void update(PortSet tcp, PortSet udp) {
        long needed = (long) (tcp.size() + udp.size()) * families.size() + Limits.FILES_BESIDE_TRAPS;
        long allowed = OpenFiles.allow(needed);
        loop.run(() -> {
            close(IpProtocol.TCP, tcp);
            close(IpProtocol.UDP, udp);
            long room = (allowed - Limits.FILES_BESIDE_TRAPS) / families.size() - ports.size();
            OwnAddresses own = new OwnAddresses();
            for (TrapPort port : missing(tcp, udp)) {
                if (room-- > 0) {
                    port.open(own::of);
                } else {
                    port.refuse(BindRefusal.tooManyFiles(allowed, needed));
                }
                ports.put(key(port.protocol(), port.port()), port);
            }
        });
    }

    private void close(int protocol, PortSet wanted) {
        ports.values().removeIf(port -> {
            boolean gone = port.protocol() == protocol && !(wanted.contains(port.port()) && port.isOpen());
            if (gone) {
                port.close();
            }
            return gone;
        });
    }

    /** TCP first: where descriptors are short, connections tell more than datagrams. */
    private List<TrapPort> missing(PortSet tcp, PortSet udp) {
        List<TrapPort> missing = new ArrayList<>();
        addMissing(IpProtocol.TCP, tcp, missing);
        addMissing(IpProtocol.UDP, udp, missing);
        return missing;
    }

    private void addMissing(int protocol, PortSet wanted, List<TrapPort> missing) {
        for (int port : wanted.toArray()) {
            if (!ports.containsKey(key(protocol, port))) {
                missing.add(new TrapPort(protocol, port, binders.get(protocol), families));
            }
        }
    }

    private void retry() {
        OwnAddresses own = new OwnAddresses();
        for (TrapPort port : ports.values()) {
            if (port.retry(own::of)) {
                LOG.info("{} port {} is a trap now: what had it open has stopped",
                        IpProtocol.name(port.protocol()), port.port());
            }
        }
    }

    @Override
    public int size() {
        return loop.call(() -> (int) ports.values().stream().filter(TrapPort::isOpen).count());
    }

    @Override
    public List<TrapFailure> failures() {
        Map<TrapPort.Shortfall, BitSet> portsByFailure = new LinkedHashMap<>();
        loop.run(() -> ports.values().forEach(port -> port.tellFailures(shortfall ->
                portsByFailure.computeIfAbsent(shortfall, any -> new BitSet()).set(port.port()))));
        return portsByFailure.entrySet().stream().map(entry -> new TrapFailure(entry.getKey().protocol(),
                PortSet.of(entry.getValue()), entry.getKey().where(), entry.getKey().reason())).toList();
    }

    @Override
    public int sockets() {
        return loop.call(() -> ports.values().stream().mapToInt(TrapPort::sockets).sum());
    }

    @Override
    public String describe() {
        return sockets() + " sockets for " + (families.contains(AddressFamily.IPV6) ? "IPv4 and IPv6" : "IPv4");
    }

    @Override
    public void close() {
        retrying.cancel(false);
        loop.run(() -> {
            ports.values().forEach(TrapPort::close);
            ports.clear();
        });
    }

    private static int key(int protocol, int port) {
        return protocol << Short.SIZE | port;
    }
}
