package org.edgesentry.netty.trap;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;

/**
 * One trap port in one address family: a socket for all addresses or, where a service has the port on some address
 * only, a socket on each of the host's other addresses. Loopback addresses are left out of these: nobody scans from
 * there.
 *
 * <p>Thread: the traps' event loop.
 */
final class TrapBinding {

    private final TrapBinder binder;
    private final int family;
    private final int port;
    private Optional<TrapSocket> whole = Optional.empty();
    private Map<InetAddress, TrapSocket> parts = Map.of();
    private List<InetAddress> missing = List.of();
    private Optional<BindRefusal> refusal = Optional.empty();

    TrapBinding(TrapBinder binder, int family, int port) {
        this.binder = binder;
        this.family = family;
        this.port = port;
    }

    /** Opens what can be opened now and is not open. */
    void open(IntFunction<List<InetAddress>> ownAddresses) {
        if (whole.isEmpty() && parts.isEmpty()) {
            openWhole();
        }
        if (refusal.isPresent() && refusal.get().inUse()) {
            openParts(ownAddresses.apply(family));
        }
    }

    /** Gives up without a try. */
    void refuse(BindRefusal why) {
        refusal = Optional.of(why);
    }

    private void openWhole() {
        try {
            whole = Optional.of(binder.bind(SocketAddressBytes.wildcard(family, port), false));
            refusal = Optional.empty();
        } catch (IOException e) {
            refusal = Optional.of(BindRefusal.of(e));
        }
    }

    private void openParts(List<InetAddress> addresses) {
        Map<InetAddress, TrapSocket> now = new LinkedHashMap<>();
        List<InetAddress> refused = new ArrayList<>();
        for (InetAddress address : addresses) {
            TrapSocket open = parts.get(address);
            if (open != null) {
                now.put(address, open);
            } else {
                openPart(address).ifPresentOrElse(socket -> now.put(address, socket), () -> refused.add(address));
            }
        }
        parts.forEach((address, socket) -> {
            if (!now.containsKey(address)) {
                socket.close();
            }
        });
        parts = now;
        missing = refused;
    }

    private Optional<TrapSocket> openPart(InetAddress address) {
        try {
            return Optional.of(binder.bind(new InetSocketAddress(address, port), false));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** Whether it stands for at least one address. */
    boolean isOpen() {
        return whole.isPresent() || !parts.isEmpty();
    }

    /** Whether another try may find more of it free, or an address of the host has changed. */
    boolean isWorthRetrying() {
        return whole.isEmpty() && refusal.isPresent() && refusal.get().inUse();
    }

    int family() {
        return family;
    }

    /** Addresses that a service has, where the others are traps. */
    List<InetAddress> missing() {
        return missing;
    }

    Optional<BindRefusal> refusal() {
        return refusal;
    }

    int sockets() {
        return whole.isPresent() ? 1 : parts.size();
    }

    void close() {
        whole.ifPresent(TrapSocket::close);
        parts.values().forEach(TrapSocket::close);
        whole = Optional.empty();
        parts = Map.of();
    }
}
