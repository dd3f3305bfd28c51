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

    /** Of a packet that comes to us; of an ICMP error, the pair of what we sent. */
    static long ofReceived(ProbeEvent event, SipHash hash) {
        if (event.quotedProtocol != 0) {
            return of(event.family, event.destinationHi, event.destinationLo, event.quotedHi, event.quotedLo, hash);
        }
        return of(event.family, event.destinationHi, event.destinationLo, event.sourceHi, event.sourceLo, hash);
    }

    /** Of a packet that we send; of an ICMP error, the pair of what came to us. */
    static long ofSent(ProbeEvent event, SipHash hash) {
        if (event.quotedProtocol != 0) {
            return of(event.family, event.quotedHi, event.quotedLo, event.destinationHi, event.destinationLo, hash);
        }
        return of(event.family, event.sourceHi, event.sourceLo, event.destinationHi, event.destinationLo, hash);
    }

    private static long of(int family, long ourHi, long ourLo, long peerHi, long peerLo, SipHash hash) {
        return family == AddressFamily.IPV4 ? hash.hash(ourLo << Integer.SIZE | peerLo, family)
                : hash.hash(hash.hash(ourHi, ourLo) ^ peerHi, peerLo);
    }
}
