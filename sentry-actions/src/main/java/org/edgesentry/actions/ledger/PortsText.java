package org.edgesentry.actions.ledger;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.edgesentry.core.ledger.ProbedPort;
import org.edgesentry.core.limits.Limits;
import org.edgesentry.core.net.IpProtocol;

/**
 * The ports of a block as they stand in the ledger: {@code TCP/22 UDP/53}. Ports that were read before are shared, so
 * that 200,000 blocks of the same few traps cost little.
 *
 * <p>Thread: one.
 */
final class PortsText {

    /** IP protocol numbers and ports, RFC 791 and RFC 9293. */
    static final int HIGHEST_PROTOCOL = 0xFF;
    static final int HIGHEST_PORT = 0xFFFF;
    /** {@code ICMPv6/65535} and a blank, 32 times. */
    static final int MAX_CHARS = Limits.BLOCK_PORTS * 13;

    private static final Map<String, Integer> PROTOCOLS = protocols();
    private static final int SHARED = 4_096;

    private final Map<String, ProbedPort> known = new HashMap<>();

    private static Map<String, Integer> protocols() {
        Map<String, Integer> protocols = new HashMap<>();
        for (int protocol = 0; protocol <= HIGHEST_PROTOCOL; protocol++) {
            protocols.put(IpProtocol.name(protocol), protocol);
        }
        return protocols;
    }

    static String of(List<ProbedPort> ports) {
        return ports.stream().map(ProbedPort::toString).collect(Collectors.joining(" "));
    }

    /** Errors: {@link IllegalArgumentException} when this is no such list. */
    List<ProbedPort> parse(String text) {
        if (text.isEmpty()) {
            return List.of();
        }
        String[] words = text.split(" ", Limits.BLOCK_PORTS + 1);
        if (words.length > Limits.BLOCK_PORTS) {
            throw new IllegalArgumentException("too many ports");
        }
        List<ProbedPort> ports = new ArrayList<>(words.length);
        for (String word : words) {
            ports.add(port(word));
        }
        return ports;
    }

    private ProbedPort port(String word) {
        ProbedPort port = known.get(word);
        if (port == null) {
            port = parsePort(word);
            if (known.size() < SHARED) {
                known.put(word, port);
            }
        }
        return port;
    }

    private static ProbedPort parsePort(String word) {
        int slash = word.indexOf('/');
        Integer protocol = slash < 0 ? null : PROTOCOLS.get(word.substring(0, slash));
        if (protocol == null) {
            throw new IllegalArgumentException("no such protocol");
        }
        ProbedPort port = new ProbedPort(protocol, Integer.parseInt(word.substring(slash + 1)));
        if (port.port() < 0 || port.port() > HIGHEST_PORT || !port.toString().equals(word)) {
            throw new IllegalArgumentException("no such port");
        }
        return port;
    }
}
