package org.edgesentry.actions.firewall;

import java.util.List;
import org.edgesentry.core.net.Cidr;
import org.edgesentry.core.net.PortSet;

/**
 * What the kernel is to do by itself: drop the first probe of a trap and block its source. Thread: immutable.
 *
 * @param tcp TCP trap ports; empty: TCP is left to the daemon
 * @param udp UDP trap ports; empty: UDP is left to the daemon
 * @param spared networks whose packets go on to the daemon: ignored, protected, home networks, not real ones
 * @param shared IPv6 prefixes that hold somebody spared: in them a single address is blocked, not the whole prefix
 * @param interfaces names of the interfaces that count; empty: all but loopback
 * @param blockSeconds how long such a block lasts; 0 without end
 * @param blocksPerSecond how many it makes in any second; probes beyond are dropped and block nobody
 */
public record TrapRules(PortSet tcp, PortSet udp, List<Cidr> spared, List<Cidr> shared, List<String> interfaces,
                        long blockSeconds, int blocksPerSecond) {

    /** Takes copies. */
    public TrapRules {
        spared = List.copyOf(spared);
        shared = List.copyOf(shared);
        interfaces = List.copyOf(interfaces);
    }
}
