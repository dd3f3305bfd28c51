package org.edgesentry.actions.respond;

import java.util.List;
import java.util.Optional;
import org.edgesentry.actions.firewall.TrapRules;
import org.edgesentry.core.config.Modes;
import org.edgesentry.core.config.Settings;
import org.edgesentry.core.net.Cidr;

/**
 * What a reload, or a change of the host, can change of the responses. Thread: immutable.
 *
 * @param response the KILL_ templates and their order
 * @param blocking how long blocks last
 * @param modes for {@code $MODE$}
 * @param spared who is ignored, and whom this host depends on: who comes among them is blocked no more
 * @param notification who is told
 * @param traps what the kernel is to do by itself; empty: nothing
 */
public record ResponseRules(Settings.Response response, Settings.Blocking blocking, Modes modes, List<Spared> spared,
                            Settings.Notify notification, Optional<TrapRules> traps) {

    /** Takes a copy of the list. */
    public ResponseRules {
        spared = List.copyOf(spared);
    }

    /** The networks of those who are spared. */
    List<Cidr> sparedNetworks() {
        return spared.stream().map(Spared::network).toList();
    }
}
