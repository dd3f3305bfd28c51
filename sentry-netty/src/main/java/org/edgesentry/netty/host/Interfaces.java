package org.edgesentry.netty.host;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.StringJoiner;
import org.edgesentry.netty.system.LibC;

/**
 * The network interfaces of this machine, those without an address too (which {@link java.net.NetworkInterface} does
 * not list): names from /proc/net/dev, indexes from if_nametoindex(3).
 *
 * <p>Thread: immutable.
 *
 * @param all in the kernel's order
 */
public record Interfaces(List<Interface> all) {

    private static final Path DEVICES = Path.of("/proc/net/dev");

    /**
     * One interface.
     *
     * @param name such as {@code eth0}
     * @param index the kernel's number for it
     */
    public record Interface(String name, int index) {

        /** LOOPBACK_IFINDEX of the kernel: loopback is the first interface of every network namespace. */
        public static final int LOOPBACK_INDEX = 1;

        /** Whether this is the loopback interface. */
        public boolean isLoopback() {
            return index == LOOPBACK_INDEX;
        }
    }

    /** Takes a copy. */
    public Interfaces {
        all = List.copyOf(all);
    }

    /** The interfaces at this moment in this network namespace. */
    public static Reading<Interfaces> read() {
        List<String> problems = new ArrayList<>();
        List<Interface> found = new ArrayList<>();
        new HostFile(problems).forEachLine(DEVICES, line -> parseName(line).ifPresent(name -> {
            int index = LibC.if_nametoindex(name);
            if (index > 0) {
                found.add(new Interface(name, index));
            }
        }));
        return new Reading<>(new Interfaces(found), problems);
    }

    /** The name stands before the last colon that figures follow; the two head lines have none. */
    static Optional<String> parseName(String line) {
        int colon = line.lastIndexOf(':');
        return colon < 0 ? Optional.empty() : Optional.of(line.substring(0, colon).trim());
    }

    /** The interface of this name. */
    public Optional<Interface> byName(String name) {
        return all.stream().filter(one -> one.name().equals(name)).findFirst();
    }

    /** The names, for messages. */
    public String names() {
        StringJoiner names = new StringJoiner(", ");
        all.forEach(one -> names.add(one.name()));
        return names.toString();
    }
}
