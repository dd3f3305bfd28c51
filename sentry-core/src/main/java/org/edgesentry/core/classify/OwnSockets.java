package org.edgesentry.core.classify;

import org.edgesentry.core.probe.ProbeEvent;

/**
 * Tells whether a packet is for a service or a connection of this host, and so no probe. Thread: that of the classifier
 * only; allocates nothing and never waits.
 */
@FunctionalInterface
public interface OwnSockets {

    /** A host without sockets: replay asks nothing of the machine that it runs on. */
    OwnSockets NONE = event -> false;

    /**
     * Whether a local socket takes the packet, as things stand now.
     *
     * @param event an incoming packet whose addresses, ports and interface are known
     */
    boolean wouldTake(ProbeEvent event);
}
