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
     * Takes note of an outgoing datagram.
     *
     * @param broadcast whether the destination stands for all of a network
     */
    void note(ProbeEvent outgoing, boolean broadcast) {
        long ours = end(outgoing.sourceHi, outgoing.sourceLo, outgoing.sourcePort, outgoing.family);
        boolean many = broadcast || isToMany(outgoing.family, outgoing.destinationHi, outgoing.destinationLo);
        long fingerprint = many ? ours : join(ours, outgoing.destinationHi, outgoing.destinationLo,
                outgoing.destinationPort);
        asked.put(fingerprint, outgoing.epochNanos);
    }

    /** Whether an incoming datagram comes from where one was sent to not long ago. */
    boolean isAnswer(ProbeEvent incoming) {
        long ours = end(incoming.destinationHi, incoming.destinationLo, incoming.destinationPort, incoming.family);
        return asked.holds(join(ours, incoming.sourceHi, incoming.sourceLo, incoming.sourcePort), incoming.epochNanos)
                || asked.holds(ours, incoming.epochNanos);
    }

    /** Whether an ICMP error is about a datagram that was sent not long ago. */
    boolean isAboutQuestion(ProbeEvent error) {
        long ours = end(error.destinationHi, error.destinationLo, error.quotedSourcePort, error.family);
        return asked.holds(join(ours, error.quotedHi, error.quotedLo, error.quotedDestinationPort), error.epochNanos)
                || asked.holds(ours, error.epochNanos);
    }

    /** Whether an address stands for a group, or for everybody on the network. */
    static boolean isToMany(int family, long hi, long lo) {
        return family == AddressFamily.IPV4 ? lo >>> 28 == IPV4_MULTICAST || lo == IPV4_BROADCAST
                : hi >>> 56 == IPV6_MULTICAST;
    }

    private long end(long hi, long lo, int port, int family) {
        return hash.hash(hash.hash(hi, lo), (long) family << 16 | port);
    }

    private long join(long ours, long peerHi, long peerLo, int peerPort) {
        return hash.hash(hash.hash(ours ^ peerHi, peerLo), peerPort);
    }
}
