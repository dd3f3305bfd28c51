package org.edgesentry.netty.daemon;

import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.edgesentry.actions.ActionLimits;
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

    private final FirewallInUse inUse = new FirewallInUse(new NoFirewall());
    private volatile String name = "none";
    private boolean open;
    private boolean amongMany;

    /** What the responder blocks with, whether there is anything behind it yet or not. */
    Firewall firewall() {
        return inUse;
    }

    /** What blocks, in words. Thread: any. */
    String name() {
        return name;
    }

    /**
     * Opens what the settings ask for, unless that was done before.
     *
     * @param descriptors how many the traps take: with many another firewall may be the right one
     */
    void take(Settings settings, int descriptors) throws StartFailure {
        boolean many = descriptors > ActionLimits.DESCRIPTORS_BESIDE_SELECT;
        if (!settings.response().blocks()) {
            LOG.info("Nobody is blocked: neither BLOCK_TCP nor BLOCK_UDP is 1");
        } else if (!open || many && !amongMany) {
            open(settings, descriptors);
            open = true;
            amongMany = many;
        }
    }

    private void open(Settings settings, int descriptors) throws StartFailure {
        try {
            Selection selection = FirewallSelector.select(settings.blocking(), settings.response(), descriptors);
            selection.announce(LOG);
            inUse.use(selection.firewall());
            name = selection.name();
        } catch (FirewallException e) {
            throw new StartFailure(StartFailure.COULD_NOT_WORK, e.getMessage());
        }
    }
}
