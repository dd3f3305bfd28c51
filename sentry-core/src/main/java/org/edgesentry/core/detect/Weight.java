package org.edgesentry.core.detect;

import org.edgesentry.core.net.IpProtocol;

/**
 * How much a contact tells, in quarters of a failed first contact. One such contact multiplies the odds that the source
 * scans by four (Jung et al., "Fast Portscan Detection Using Sequential Hypothesis Testing", 2004, with 80 % of honest
 * and 20 % of scanning first contacts answered), so evidence is a logarithm of odds, and adds up.
 *
 * <p>Thread: any; keeps nothing.
 */
final class Weight {

    /** A failed first contact. */
    static final int ONE = 4;
    /** No honest program sends this. */
    private static final int CRAFTED = 2 * ONE;
    /** Honest programs do this too, if seldom: a datagram that nobody wants, an echo request. */
    private static final int HALF = ONE / 2;
    private static final int QUARTER = ONE / 4;
    /** Nobody has business with a trap. */
    private static final int TRAP = ONE / 2;
    private static final int LOWEST_FREE_PORT = 1_024;

    private Weight() {
    }

    /** What a contact adds when it has failed. */
    static int ofFailure(long contact) {
        int weight = byType(contact) + (Contact.isTrap(contact) ? TRAP : 0);
        return Contact.isRelated(contact) ? Math.min(weight, QUARTER) : weight;
    }

    private static int byType(long contact) {
        return switch (Contact.type(contact)) {
            case FRAGMENT_EVASION -> ONE;
            case UDP -> Contact.port(contact) < LOWEST_FREE_PORT || Contact.isTrap(contact) ? ONE : HALF;
            // A DHCP server asks for an address before it leases it, now and then; a sweep asks for one after another.
            case ICMP_ECHO -> Contact.isSoon(contact) ? ONE : HALF;
            case TCP_ACK, TCP_MAIMON -> HALF;
            default -> Contact.type(contact).isCrafted() ? CRAFTED : ONE;
        };
    }

    /** What a contact adds that was opened and left without a word: a port scan's hit, or a check by a monitor. */
    static int ofNeutral(long contact) {
        return Contact.transport(Contact.type(contact)) == IpProtocol.TCP
                && !Contact.isRelated(contact) ? QUARTER : 0;
    }

    /** What a contact takes away that a service answered. An answered echo request proves nothing. */
    static int ofService(long contact) {
        return switch (Contact.type(contact)) {
            case TCP_SYN, CONNECT, UDP, SCTP_INIT, FTP_BOUNCE -> ONE;
            default -> 0;
        };
    }
}
