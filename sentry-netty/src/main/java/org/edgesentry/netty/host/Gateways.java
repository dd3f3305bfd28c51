package org.edgesentry.netty.host;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.edgesentry.core.net.Cidr;

/**
 * The default gateways of this machine, from the kernel's main routing tables (/proc/net/route, /proc/net/ipv6_route;
 * proc(5), ipv6 columns as in net/ipv6/route.c). Of a default route over several gateways IPv4 shows the first only.
 *
 * <p>Thread: any; reads anew on each call.
 */
public final class Gateways {

    private static final Path IPV4_ROUTES = Path.of("/proc/net/route");
    private static final Path IPV6_ROUTES = Path.of("/proc/net/ipv6_route");

    /** Flags of linux/route.h: the route is up and leads over a gateway. */
    private static final int UP_AND_GATEWAY = 0x3;

    private final Set<Cidr> found = new LinkedHashSet<>();

    /** The gateways at this moment, single addresses. */
    public static Reading<List<Cidr>> read() {
        return read(IPV4_ROUTES, IPV6_ROUTES);
    }

    static Reading<List<Cidr>> read(Path ipv4Routes, Path ipv6Routes) {
        List<String> problems = new ArrayList<>();
        HostFile file = new HostFile(problems);
        Gateways gateways = new Gateways();
        file.forEachLine(ipv4Routes, gateways::addIpv4);
        file.forEachLine(ipv6Routes, gateways::addIpv6);
        return new Reading<>(List.copyOf(gateways.found), problems);
    }

    /** {@code Iface Destination Gateway Flags RefCnt Use Metric Mask ...}. */
    private void addIpv4(String line) {
        String[] column = line.trim().split("\\s+");
        if (column[0].equals("Iface") || !column[1].equals("00000000") || !column[7].equals("00000000")) {
            return;
        }
        add(column[3], KernelHex.ofWords(column[2]));
    }

    /** {@code destination length source length gateway metric references used flags interface}. */
    private void addIpv6(String line) {
        String[] column = line.trim().split("\\s+");
        if (!column[1].equals("00")) {
            return;
        }
        add(column[8], KernelHex.ofNetworkOrder(column[4]));
    }

    private void add(String flags, Cidr gateway) {
        boolean leadsOver = (Integer.parseUnsignedInt(flags, 16) & UP_AND_GATEWAY) == UP_AND_GATEWAY;
        if (leadsOver && (gateway.hi() | gateway.lo()) != 0) {
            found.add(gateway);
        }
    }
}
