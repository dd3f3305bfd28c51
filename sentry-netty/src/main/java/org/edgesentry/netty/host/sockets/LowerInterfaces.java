package org.edgesentry.netty.host.sockets;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The interfaces that another one is made of: the ports of a bridge, a bond or a VRF, the link under a VLAN. A packet
 * for a socket that is bound to the upper one is captured on the lower one as well (sysfs, {@code lower_*} links).
 *
 * <p>Thread: immutable. Interfaces that vanish meanwhile, or a sysfs that is not there, have none.
 */
final class LowerInterfaces {

    private static final Path ALL = Path.of("/sys/class/net");
    private static final String LINK_PREFIX = "lower_";

    private LowerInterfaces() {
    }

    /** Indexes of the interfaces directly below the one with this index. */
    static List<Integer> of(int upperIndex) {
        List<Integer> lower = new ArrayList<>();
        try (DirectoryStream<Path> interfaces = Files.newDirectoryStream(ALL)) {
            for (Path one : interfaces) {
                if (index(one) == upperIndex) {
                    addLower(one, lower);
                }
            }
        } catch (IOException e) {
            return List.of();
        }
        return lower;
    }

    private static void addLower(Path upper, List<Integer> lower) throws IOException {
        try (DirectoryStream<Path> links = Files.newDirectoryStream(upper, LINK_PREFIX + "*")) {
            for (Path link : links) {
                lower.add(index(ALL.resolve(link.getFileName().toString().substring(LINK_PREFIX.length()))));
            }
        }
    }

    /** The kernel's number, or -1; bonding_masters and its like are files among the interfaces. */
    private static int index(Path networkInterface) throws IOException {
        Path file = networkInterface.resolve("ifindex");
        try {
            return Files.isReadable(file) ? Integer.parseInt(Files.readString(file).strip()) : -1;
        } catch (NumberFormatException e) {
            return -1;
        }
    }
}
