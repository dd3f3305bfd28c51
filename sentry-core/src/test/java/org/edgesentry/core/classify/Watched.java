package org.edgesentry.core.classify;

import java.util.BitSet;
import java.util.List;
import org.edgesentry.core.net.CidrParser;
import org.edgesentry.core.net.PortSet;
import org.edgesentry.core.net.PrefixMap;

/** A host with two traps, 192.0.2.1 and 2001:db8::1, in front of the network 198.18.0.0/15. */
final class Watched {

    static final int TRAP = 111;
    static final int EPHEMERAL_TRAP = 40_421;

    private Watched() {
    }

    static WatchedNet net() {
        PortSet traps = PortSet.of(bits(TRAP, EPHEMERAL_TRAP));
        BitSet ephemeral = new BitSet();
        ephemeral.set(32_768, 61_000);
        return new WatchedNet(map("192.0.2.1", "2001:db8::1", "198.18.0.0/15"), map("192.0.2.1", "2001:db8::1"),
                map("192.0.2.255"), traps, traps, PortSet.of(ephemeral));
    }

    private static PrefixMap map(String... prefixes) {
        return PrefixMap.of(List.of(prefixes).stream().map(CidrParser::parse).toList());
    }

    private static BitSet bits(int... ports) {
        BitSet bits = new BitSet();
        for (int port : ports) {
            bits.set(port);
        }
        return bits;
    }
}
