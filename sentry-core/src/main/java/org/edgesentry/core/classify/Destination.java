package org.edgesentry.core.classify;

import org.edgesentry.core.probe.ProbeEvent;

/**
 * Whose address a packet is for. The last answer is at hand: the packets of a scan, and of a flood, ask for one host
 * for the most part.
 *
 * <p>Thread: that of the classifier; allocates nothing.
 */
final class Destination {

    private final WatchedNet watched;
    private int family;
    private long hi;
    private long lo;
    private boolean home;
    private boolean own;

    /** In this net. */
    Destination(WatchedNet watched) {
        this.watched = watched;
    }

    /** Whether it is an address whose traps are watched. */
    boolean isHome(ProbeEvent event) {
        look(event);
        return home;
    }

    /** Whether it is this host's. */
    boolean isOwn(ProbeEvent event) {
        look(event);
        return own;
    }

    private void look(ProbeEvent event) {
        if (event.destinationLo != lo || event.destinationHi != hi || event.family != family) {
            family = event.family;
            hi = event.destinationHi;
            lo = event.destinationLo;
            home = watched.home().contains(family, hi, lo);
            own = watched.own().contains(family, hi, lo);
        }
    }
}
