package org.edgesentry.netty.host;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The ports that the kernel gives to outgoing connections (ip(7), ip_local_port_range): an answer to us may come to any
 * of these.
 *
 * <p>Thread: immutable.
 *
 * @param first lowest port
 * @param last highest port, not below first
 */
public record EphemeralRange(int first, int last) {

    /** What Linux uses unless told otherwise. */
    public static final EphemeralRange LINUX_DEFAULT = new EphemeralRange(32_768, 60_999);

    private static final Path FILE = Path.of("/proc/sys/net/ipv4/ip_local_port_range");

    /** Checks the bounds. */
    public EphemeralRange {
        if (first < 1 || last < first || last > 65_535) {
            throw new IllegalArgumentException("no port range: " + first + " " + last);
        }
    }

    /** The range of this machine; the kernel's default when it cannot be read. */
    public static Reading<EphemeralRange> read() {
        return read(FILE);
    }

    static Reading<EphemeralRange> read(Path file) {
        List<String> problems = new ArrayList<>();
        List<EphemeralRange> found = new ArrayList<>();
        new HostFile(problems).forEachLine(file, line -> found.add(parse(line)));
        if (found.isEmpty() && problems.isEmpty()) {
            problems.add(file + " is empty");
        }
        return new Reading<>(found.isEmpty() ? LINUX_DEFAULT : found.get(0), problems);
    }

    static EphemeralRange parse(String line) {
        String[] word = line.trim().split("\\s+");
        return new EphemeralRange(Integer.parseInt(word[0]), Integer.parseInt(word[1]));
    }

    /** Whether the port may belong to an outgoing connection. */
    public boolean contains(int port) {
        return port >= first && port <= last;
    }
}
