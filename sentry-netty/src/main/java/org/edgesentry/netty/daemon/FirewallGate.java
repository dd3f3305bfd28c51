package org.edgesentry.netty.daemon;

import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.edgesentry.actions.firewall.Firewall;
import org.edgesentry.actions.firewall.FirewallException;
import org.edgesentry.actions.firewall.FirewallInUse;
import org.edgesentry.actions.firewall.FirewallSelector;
import org.edgesentry.actions.firewall.FirewallSelector.Selection;
import org.edgesentry.actions.firewall.NoFirewall;
import org.edgesentry.core.config.Settings;

/**
 * Opens the firewall once the settings ask for blocks: at the start, or with a later reload.
 *
 * <p>Thread: composition root, then the one that reloads.
 */
final class FirewallGate {

    private static final Logger LOG = LogManager.getLogger(FirewallGate.class);

    private final RunOptions options;
    private final FirewallInUse inUse = new FirewallInUse(new NoFirewall());
    private boolean open;

    FirewallGate(RunOptions options) {
        this.options = options;
    }

    /** What the responder blocks with, whether there is anything behind it yet or not. */
    Firewall firewall() {
        return inUse;
    }

    /** Opens what the settings ask for, unless that was done before. */
    void take(Settings settings) throws StartFailure {
        if (!settings.response().blocks()) {
            LOG.info("Nobody is blocked: neither BLOCK_TCP nor BLOCK_UDP is 1");
        } else if (!open) {
            try {
                Selection selection =
                        FirewallSelector.select(settings.blocking(), settings.response(), sockets(settings));
                selection.announce(LOG);
                inUse.use(selection.firewall());
                open = true;
            } catch (FirewallException e) {
                throw new StartFailure(StartFailure.COULD_NOT_WORK, e.getMessage());
            }
        }
    }

    private int sockets(Settings settings) {
        return options.modes().binds() ? settings.traps().tcpPorts().size() + settings.traps().udpPorts().size() : 0;
    }
}
