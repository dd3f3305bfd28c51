package org.edgesentry.core.classify;

import java.util.concurrent.TimeUnit;
import org.edgesentry.core.hash.SipHash;
import org.edgesentry.core.limits.Limits;
import org.edgesentry.core.net.AddressFamily;
import org.edgesentry.core.net.IcmpType;
import org.edgesentry.core.net.IpProtocol;
import org.edgesentry.core.net.PrefixMap;
import org.edgesentry.core.net.TcpFlags;
import org.edgesentry.core.probe.ProbeEvent;

/**
 * What the home networks have sent, so that what comes back is not taken for a question: TCP and SCTP by both ends, UDP
 * by our end and the peer's address, the rest by addresses.
 *
 * <p>Also which peers a host of ours turned to of its own accord, and with whom it speaks FTP, since an FTP server in
 * active mode opens connections of its own (RFC 959, 3.2).
 *
 * <p>Events come with their {@link AddressPair}.
 *
 * <p>Thread: that of the classifier; allocates nothing.
 */
final class Conversations {

    private static final int FTP = 21;
    private static final int BEGAN = 1 << 25;
    private static final int CONTACTED = 1 << 26;
    private static final int WITH_FTP = 1 << 27;
    private static final int TO_HOST = 1 << 28;
    /** The last address of most networks, those of unknown size included. */
    private static final int USUAL_BROADCAST = 0xFF;

    private final AskedPeers askedByUdp;
    private final FingerprintMemory memory = new FingerprintMemory(Limits.CONVERSATIONS,
            TimeUnit.SECONDS.toNanos(Limits.CONVERSATION_SECONDS));

    Conversations(SipHash hash) {
        this.askedByUdp = new AskedPeers(hash);
    }

    /** Takes note of a packet that a home host sends. ICMP errors begin nothing. */
    void note(ProbeEvent sent, PrefixMap broadcast) {
        if (sent.quotedProtocol != 0) {
            return;
        }
        if (sent.protocol == IpProtocol.UDP) {
            askedByUdp.note(sent, isBroadcast(sent, broadcast));
            put(outbound(sent, TO_HOST | sent.sourcePort), sent);
        } else if (sent.protocol != IpProtocol.TCP || (sent.tcpFlags & TcpFlags.RST) == 0) {
            put(outbound(sent, kind(sent)), sent);
        }
        if (begins(sent)) {
            put(outbound(sent, BEGAN), sent);
            if (sent.destinationPort == FTP) {
                put(outbound(sent, WITH_FTP), sent);
            }
        }
    }

    private static boolean isBroadcast(ProbeEvent sent, PrefixMap broadcast) {
        boolean usual = sent.family == AddressFamily.IPV4 && (sent.destinationLo & 0xFF) == USUAL_BROADCAST;
        return usual || broadcast.contains(sent.family, sent.destinationHi, sent.destinationLo);
    }

    /** A datagram to somebody who has not called before, or a SYN, is our own idea. */
    private boolean begins(ProbeEvent sent) {
        return switch (sent.protocol) {
            case IpProtocol.TCP -> (sent.tcpFlags & (TcpFlags.SYN | TcpFlags.ACK)) == TcpFlags.SYN;
            case IpProtocol.UDP -> !memory.holds(outbound(sent, CONTACTED), sent.epochNanos);
            default -> false;
        };
    }

    /**
     * Takes note that somebody outside has sent something that is no contact. What a home host answers to it is not an
     * idea of its own; unless it had turned to him before.
     */
    void noteUnasked(ProbeEvent received) {
        if (!wereBegunWith(received)) {
            put(inbound(received, CONTACTED), received);
        }
    }

    /** Takes note that somebody outside has called. The rest of a connection that he opens is no further contact. */
    void noteContact(ProbeEvent received) {
        put(inbound(received, CONTACTED), received);
        if (received.protocol == IpProtocol.TCP && (received.tcpFlags & TcpFlags.SYN) != 0) {
            put(inbound(received, kind(received)), received);
        }
    }

    /**
     * Whether a packet that a home host receives belongs to something that this host has sent. An answer by UDP may
     * come from another port than was asked (TFTP, RFC 1350).
     */
    boolean hold(ProbeEvent received) {
        if (received.protocol == IpProtocol.UDP) {
            return askedByUdp.isAnswer(received)
                    || memory.holds(inbound(received, TO_HOST | received.destinationPort), received.epochNanos);
        }
        return memory.holds(inbound(received, kind(received)), received.epochNanos);
    }

    /** Whether an ICMP error is about something that a home host has sent. */
    boolean include(ProbeEvent error) {
        if (error.quotedProtocol == IpProtocol.UDP) {
            return askedByUdp.isAboutQuestion(error);
        }
        boolean icmp = IpProtocol.isIcmp(error.quotedProtocol);
        int echo = error.family == AddressFamily.IPV4 ? IcmpType.ECHO : IcmpType.ECHO_V6;
        int kind = error.quotedProtocol << 8 | (icmp ? echo : 0);
        return memory.holds(fingerprint(error.pair, error.quotedSourcePort, error.quotedDestinationPort, kind),
                error.epochNanos);
    }

    /** Whether the home host has turned to this peer of its own accord. */
    boolean wereBegunWith(ProbeEvent received) {
        return memory.holds(inbound(received, BEGAN), received.epochNanos);
    }

    /** Whether the home host is a client of the peer's FTP server. */
    boolean includeFtp(ProbeEvent received) {
        return memory.holds(inbound(received, WITH_FTP), received.epochNanos);
    }

    private void put(long fingerprint, ProbeEvent event) {
        memory.put(fingerprint, event.epochNanos);
    }

    /** Protocol and, for ICMP, question: what the addresses alone do not tell. */
    private static int kind(ProbeEvent event) {
        boolean icmp = IpProtocol.isIcmp(event.protocol);
        return event.protocol << 8 | (icmp ? IcmpType.question(event.family, event.messageType) : 0);
    }

    private static long outbound(ProbeEvent sent, int kind) {
        return fingerprint(sent.pair, sent.sourcePort, sent.destinationPort, kind);
    }

    private static long inbound(ProbeEvent received, int kind) {
        return fingerprint(received.pair, received.destinationPort, received.sourcePort, kind);
    }

    private static long fingerprint(long pair, int ourPort, int peerPort, int kind) {
        long ports = kind >= BEGAN ? 0 : (long) ourPort << 16 | peerPort;
        return SipHash.derive(pair, ports << 32 | kind);
    }
}
