package org.edgesentry.netty.host;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.edgesentry.core.net.Cidr;
import org.edgesentry.core.net.CidrParser;
import org.edgesentry.core.net.PortSet;

/**
 * The ports that local services have open for others: listening TCP sockets, and UDP sockets without a peer, each bound
 * to something else than loopback (/proc/net/tcp and its siblings, proc(5)).
 *
 * <p>Thread: immutable.
 *
 * @param tcp listening ports
 * @param udp bound ports
 */
public record OpenPorts(PortSet tcp, PortSet udp) {

    private static final Path PROC_NET = Path.of("/proc/net");

    /** Socket states of net/tcp_states.h; UDP uses "close" for a socket that has no peer. */
    private static final String LISTEN = "0A";
    private static final String CLOSE = "07";

    private static final List<Cidr> LOOPBACK = List.of(CidrParser.parse("127.0.0.0/8"), CidrParser.parse("::1"));

    /** What is open at this moment in this network namespace. Without IPv6 the kernel has no tcp6 and udp6. */
    public static Reading<OpenPorts> read() {
        return read(PROC_NET);
    }

    static Reading<OpenPorts> read(Path directory) {
        List<String> problems = new ArrayList<>();
        HostFile file = new HostFile(problems);
        BitSet tcp = new BitSet();
        BitSet udp = new BitSet();
        file.forEachLine(directory.resolve("tcp"), line -> add(line, LISTEN, tcp));
        file.forEachLine(directory.resolve("udp"), line -> add(line, CLOSE, udp));
        if (directory.resolve("if_inet6").toFile().exists()) {
            file.forEachLine(directory.resolve("tcp6"), line -> add(line, LISTEN, tcp));
            file.forEachLine(directory.resolve("udp6"), line -> add(line, CLOSE, udp));
        }
        return new Reading<>(new OpenPorts(PortSet.of(tcp), PortSet.of(udp)), problems);
    }

    /** {@code sl local_address rem_address st ...}, an address as {@code ADDRESS:PORT} in hex. */
    private static void add(String line, String state, BitSet ports) {
        String[] column = line.trim().split("\\s+", 5);
        if (column[0].equals("sl") || !column[3].equals(state)) {
            return;
        }
        int colon = column[1].indexOf(':');
        Cidr address = KernelHex.ofWords(column[1].substring(0, colon));
        int port = Integer.parseUnsignedInt(column[1].substring(colon + 1), 16);
        if (port < 1 || port > 65_535) {
            throw new IllegalArgumentException("no such port: " + port);
        }
        if (!isLoopback(address)) {
            ports.set(port);
        }
    }

    private static boolean isLoopback(Cidr address) {
        return LOOPBACK.stream().anyMatch(net -> net.contains(address.family(), address.hi(), address.lo()));
    }
}
