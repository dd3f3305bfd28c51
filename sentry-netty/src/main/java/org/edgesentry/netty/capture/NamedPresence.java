package org.edgesentry.netty.capture;

import java.util.HashSet;
import java.util.Set;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.edgesentry.netty.host.Interfaces;

/**
 * Tells the administrator, once each time, that an interface which was asked for by name has gone or has returned.
 *
 * <p>Thread: whoever holds the capture's lock.
 */
public final class NamedPresence {

    private static final Logger LOG = LogManager.getLogger(NamedPresence.class);

    private final InterfaceSelection selection;
    private final Set<String> absent = new HashSet<>();

    /** All that were asked for are there: without them a capture does not open. */
    public NamedPresence(InterfaceSelection selection) {
        this.selection = selection;
    }

    /** Compares with what there is now. */
    public void follow(Interfaces now) {
        for (String name : selection.names()) {
            boolean there = now.byName(name).isPresent();
            if (!there && absent.add(name)) {
                LOG.warn("Interface {} is gone; it will be watched again once it is back", name);
            } else if (there && absent.remove(name)) {
                LOG.info("Interface {} is back and watched again", name);
            }
        }
    }
}
