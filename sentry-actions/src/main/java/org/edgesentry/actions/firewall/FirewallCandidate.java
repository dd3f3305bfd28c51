package org.edgesentry.actions.firewall;

/**
 * A firewall that this machine may have. Thread: immutable.
 *
 * @param name what it is called in the line that says what was chosen
 * @param opener finds its programs or library and opens it, or says why not
 */
record FirewallCandidate(String name, Opener opener) {

    /** Tries it for real. */
    Firewall open() throws FirewallException {
        Firewall firewall = opener.make();
        try {
            firewall.open();
            firewall.rehearse();
            return firewall;
        } catch (FirewallException e) {
            firewall.close();
            throw e;
        }
    }

    /** Makes the firewall, not opened yet. */
    @FunctionalInterface
    interface Opener {
        Firewall make() throws FirewallException;
    }
}
