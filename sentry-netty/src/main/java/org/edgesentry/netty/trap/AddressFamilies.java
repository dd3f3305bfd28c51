package org.edgesentry.netty.trap;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.edgesentry.core.net.AddressFamily;

/** Which address families the kernel has. Thread: any. */
final class AddressFamilies {

    /** Without IPv6, or with all of it disabled at boot, the kernel has no such file (proc(5)). */
    private static final Path IPV6 = Path.of("/proc/net/if_inet6");

    private AddressFamilies() {
    }

    /** {@link AddressFamily} numbers. */
    static List<Integer> ofThisHost() {
        return Files.exists(IPV6) ? List.of(AddressFamily.IPV4, AddressFamily.IPV6) : List.of(AddressFamily.IPV4);
    }
}
