package org.edgesentry.netty.trap;

import java.net.InetAddress;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import org.edgesentry.core.net.AddressFamily;

/** One trap port of one protocol, in each address family that the kernel has. Thread: the traps' event loop. */
final class TrapPort {

    private final int protocol;
    private final int port;
    private final List<TrapBinding> bindings;

    TrapPort(int protocol, int port, TrapBinder binder, List<Integer> families) {
        this.protocol = protocol;
        this.port = port;
        this.bindings = families.stream().map(family -> new TrapBinding(binder, family, port)).toList();
    }

    void open(IntFunction<List<InetAddress>> ownAddresses) {
        bindings.forEach(binding -> binding.open(ownAddresses));
    }

    void refuse(BindRefusal why) {
        bindings.forEach(binding -> binding.refuse(why));
    }

    /** Takes up what has become free; true when that made a trap of a port that was none. */
    boolean retry(IntFunction<List<InetAddress>> ownAddresses) {
        boolean before = isOpen();
        bindings.stream().filter(TrapBinding::isWorthRetrying).forEach(binding -> binding.open(ownAddresses));
        return !before && isOpen();
    }

    boolean isOpen() {
        return bindings.stream().anyMatch(TrapBinding::isOpen);
    }

    int protocol() {
        return protocol;
    }

    int port() {
        return port;
    }

    int sockets() {
        return bindings.stream().mapToInt(TrapBinding::sockets).sum();
    }

    /** What of it is no trap. */
    void tellFailures(Consumer<Shortfall> failures) {
        for (TrapBinding binding : bindings) {
            String reason = binding.refusal().map(BindRefusal::reason).orElse("");
            if (!isOpen()) {
                failures.accept(new Shortfall(protocol, "", reason));
                return;
            }
            if (!binding.isOpen() && binding.refusal().isPresent()) {
                failures.accept(new Shortfall(protocol, over(binding.family()), reason));
            } else if (!binding.missing().isEmpty()) {
                failures.accept(new Shortfall(protocol, on(binding.missing()), reason));
            }
        }
    }

    private static String over(int family) {
        return family == AddressFamily.IPV4 ? "over IPv4" : "over IPv6";
    }

    private static String on(List<InetAddress> addresses) {
        return addresses.stream().map(InetAddress::getHostAddress).collect(Collectors.joining(", ", "on ", ""));
    }

    void close() {
        bindings.forEach(TrapBinding::close);
    }

    /**
     * A failure without its port, so that ports that share it can be told together.
     *
     * @param protocol TCP or UDP
     * @param where the part that is no trap
     * @param reason why
     */
    record Shortfall(int protocol, String where, String reason) {
    }
}
