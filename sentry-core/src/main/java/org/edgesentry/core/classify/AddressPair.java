package org.edgesentry.core.classify;

import org.edgesentry.core.hash.SipHash;
import org.edgesentry.core.net.AddressFamily;
import org.edgesentry.core.probe.ProbeEvent;

/**
 * The keyed fingerprint of the two addresses of a packet, ours first: the same in both directions. Whatever else tells
 * conversations apart is mixed in with {@link SipHash#derive}, so each packet is hashed once.
 *
 * <p>Thread: any; keeps nothing.
 */
final class AddressPair {

    private AddressPair() {
    }

    /** Of a packet that comes to us. */
    static long ofReceived(ProbeEvent event, SipHash hash) {
        return of(event.family, event.destinationHi, event.destinationLo, event.sourceHi, event.sourceLo, hash);
    }

    /** Of a packet that we send. */
    static long ofSent(ProbeEvent event, SipHash hash) {
        return of(event.family, event.sourceHi, event.sourceLo, event.destinationHi, event.destinationLo, hash);
    }

    private static long of(int family, long ourHi, long ourLo, long peerHi, long peerLo, SipHash hash) {
        return family == AddressFamily.IPV4 ? hash.hash(ourLo << Integer.SIZE | peerLo, family)
                : hash.hash(hash.hash(ourHi, ourLo) ^ peerHi, peerLo);
    }
}
