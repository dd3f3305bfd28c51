package org.edgesentry.core.classify;

import java.util.concurrent.TimeUnit;
import org.edgesentry.core.hash.SipHash;
import org.edgesentry.core.limits.Limits;
import org.edgesentry.core.net.AddressFamily;
import org.edgesentry.core.probe.ProbeEvent;

/**
 * Remembers to whom this host has sent UDP datagrams, and from which port, since their answers are no probes. The
 * socket that asked may be closed when the answer comes: who resolves names gives up after some seconds.
 *
 * <p>A question to a group or to a whole network may be answered by anybody, from any port.
 *
 * <p>Thread: that of the classifier; allocates nothing.
 */
final class AskedPeers {

    private static final long IPV4_MULTICAST = 0xE;
    private static final long IPV6_MULTICAST = 0xFF;
    private static final long IPV4_BROADCAST = 0xFFFF_FFFFL;

    private final SipHash hash;
    private final FingerprintMemory asked =
            new FingerprintMemory(Limits.ASKED_PEERS, TimeUnit.SECONDS.toNanos(Limits.ASKED_SECONDS));

    AskedPeers(SipHash hash) {
        this.hash = hash;
    }

    /**
     * Takes note of an outgoing datagram, whose {@link AddressPair} is known.
     *
     * @param broadcast whether the destination stands for all of a network
     */
    void note(ProbeEvent outgoing, boolean broadcast) {
        boolean many = broadcast || isToMany(outgoing.family, outgoing.destinationHi, outgoing.destinationLo);
        long fingerprint = many
                ? anybody(outgoing.sourceHi, outgoing.sourceLo, outgoing.sourcePort, outgoing.family)
                : SipHash.derive(outgoing.pair, ports(outgoing.sourcePort, outgoing.destinationPort));
        asked.put(fingerprint, outgoing.epochNanos);
    }

    /** Whether an incoming datagram, whose {@link AddressPair} is known, comes from where one was sent to lately. */
    boolean isAnswer(ProbeEvent incoming) {
        long peer = SipHash.derive(incoming.pair, ports(incoming.destinationPort, incoming.sourcePort));
        return asked.holds(peer, incoming.epochNanos) || asked.holds(anybody(incoming.destinationHi,
                incoming.destinationLo, incoming.destinationPort, incoming.family), incoming.epochNanos);
    }

    /** Whether an ICMP error is about a datagram that was sent not long ago. */
    boolean isAboutQuestion(ProbeEvent error) {
        long peer = SipHash.derive(error.pair, ports(error.quotedSourcePort, error.quotedDestinationPort));
        return asked.holds(peer, error.epochNanos) || asked.holds(anybody(error.destinationHi, error.destinationLo,
                error.quotedSourcePort, error.family), error.epochNanos);
    }

    /** Whether an address stands for a group, or for everybody on the network. */
    static boolean isToMany(int family, long hi, long lo) {
        return family == AddressFamily.IPV4 ? lo >>> 28 == IPV4_MULTICAST || lo == IPV4_BROADCAST
                : hi >>> 56 == IPV6_MULTICAST;
    }

    private static long ports(int ourPort, int peerPort) {
        return (long) ourPort << 16 | peerPort;
    }

    private long anybody(long ourHi, long ourLo, int ourPort, int family) {
        return SipHash.derive(hash.hash(ourHi, ourLo), (long) family << 16 | ourPort);
    }
}
