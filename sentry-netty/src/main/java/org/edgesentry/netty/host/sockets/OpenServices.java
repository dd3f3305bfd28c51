package org.edgesentry.netty.host.sockets;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.edgesentry.core.classify.OwnSockets;
import org.edgesentry.core.classify.UsedPorts;
import org.edgesentry.core.net.AddressFamily;
import org.edgesentry.core.net.IpProtocol;
import org.edgesentry.core.net.PortSet;
import org.edgesentry.core.probe.ProbeEvent;

/**
 * What this host served at one moment: its sockets that take what strangers send.
 *
 * <p>Thread: immutable; {@link #wouldTake} allocates nothing.
 */
public final class OpenServices implements OwnSockets {

    /** Nothing is open. */
    static final OpenServices NONE = new OpenServices(Set.of());

    private final Set<OpenSocket> sockets;
    /** Ascending; of equal keys each stands for a socket of its own. */
    private final int[] keys;
    private final OpenSocket[] byKey;
    /** Of any protocol: most packets ask for none of them. */
    private final PortSet anyPort;

    OpenServices(Set<OpenSocket> sockets) {
        this.sockets = Set.copyOf(sockets);
        List<OpenSocket> sorted = new ArrayList<>(this.sockets);
        sorted.sort(Comparator.comparingInt(socket -> key(socket.protocol(), socket.port())));
        this.byKey = sorted.toArray(OpenSocket[]::new);
        this.keys = sorted.stream().mapToInt(socket -> key(socket.protocol(), socket.port())).toArray();
        this.anyPort = ports(socket -> true);
    }

    @Override
    public boolean wouldTake(ProbeEvent event) {
        return anyPort.contains(event.destinationPort) && isForOne(event);
    }

    private boolean isForOne(ProbeEvent event) {
        int key = key(event.protocol, event.destinationPort);
        for (int i = firstAtLeast(key); i < keys.length && keys[i] == key; i++) {
            if (byKey[i].takes(event)) {
                return true;
            }
        }
        return false;
    }

    /** Ports that anybody can reach, of TCP or UDP: those of sockets that are not bound to loopback. */
    public PortSet reachable(int protocol) {
        return ports(socket -> socket.protocol() == protocol && !socket.isLoopback());
    }

    /** Of each protocol and family the ports that are open on every address and interface. */
    public ServedPorts everywhere() {
        return new ServedPorts(everywhere(IpProtocol.TCP, AddressFamily.IPV4),
                everywhere(IpProtocol.TCP, AddressFamily.IPV6), everywhere(IpProtocol.UDP, AddressFamily.IPV4),
                everywhere(IpProtocol.UDP, AddressFamily.IPV6));
    }

    /** How many sockets these are. */
    int size() {
        return byKey.length;
    }

    /** Whether these are its sockets, all of them and no other. */
    boolean holds(Set<OpenSocket> others) {
        return sockets.equals(others);
    }

    /** The TCP ports that strangers reach are in use. */
    void markUsed(UsedPorts used, long epochNanos) {
        for (OpenSocket socket : byKey) {
            if (socket.protocol() == IpProtocol.TCP && !socket.isLoopback()) {
                used.mark(socket.port(), epochNanos);
            }
        }
    }

    /** What is open both here and there. */
    OpenServices common(OpenServices other) {
        Set<OpenSocket> both = new HashSet<>(sockets);
        both.retainAll(other.sockets);
        return new OpenServices(both);
    }

    private PortSet everywhere(int protocol, int family) {
        return ports(socket -> socket.protocol() == protocol && socket.isOpenEverywhere(family));
    }

    private PortSet ports(Predicate<OpenSocket> wanted) {
        BitSet ports = new BitSet();
        sockets.stream().filter(wanted).forEach(socket -> ports.set(socket.port()));
        return PortSet.of(ports);
    }

    private int firstAtLeast(int key) {
        int low = 0;
        int high = keys.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (keys[middle] < key) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private static int key(int protocol, int port) {
        return protocol << 16 | port;
    }

    @Override
    public String toString() {
        return sockets.toString();
    }
}
