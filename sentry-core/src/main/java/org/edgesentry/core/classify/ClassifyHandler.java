package org.edgesentry.core.classify;

import java.util.function.Supplier;
import org.edgesentry.core.hash.SipHash;
import org.edgesentry.core.net.IcmpType;
import org.edgesentry.core.net.IpProtocol;
import org.edgesentry.core.net.SctpChunk;
import org.edgesentry.core.net.TcpFlags;
import org.edgesentry.core.probe.EventKind;
import org.edgesentry.core.probe.ProbeEvent;
import org.edgesentry.core.probe.ProbeHandler;
import org.edgesentry.core.probe.ProbeSource;
import org.edgesentry.core.probe.ScanType;
import org.edgesentry.core.probe.Verdict;

/**
 * The first handler: says whether a packet is a probe of a trap, and names its technique.
 *
 * <p>A port is a trap only while this host does not use it itself. No probe is therefore:
 * <ul>
 * <li>what a local socket takes ({@link OwnSockets});
 * <li>a datagram from where this host has sent one to;
 * <li>a TCP segment with ACK to a port that was open a while ago, or that the kernel gives to connections of our own:
 * it may be the late rest of a connection that is gone on our side.
 * </ul>
 *
 * <p>Thread: pipeline only; allocates nothing.
 */
public final class ClassifyHandler implements ProbeHandler {

    private final Supplier<WatchedNet> newest;
    private final OwnSockets sockets;
    private final UsedPorts used;
    private final AskedPeers asked;
    private final SipHash hash;
    private NetworkRule network;
    private WatchedNet watched;
    private Destination destination;

    /**
     * A classifier.
     *
     * @param newest the traps, asked for now and again with each {@link EventKind#RENEW}
     * @param sockets those of this host
     * @param used ports that they use or have used
     */
    public ClassifyHandler(Supplier<WatchedNet> newest, OwnSockets sockets, UsedPorts used) {
        this(newest, sockets, used, SipHash.withRandomKey());
    }

    /** The same with a hash of the caller's choice, so that a replay repeats. */
    public ClassifyHandler(Supplier<WatchedNet> newest, OwnSockets sockets, UsedPorts used, SipHash hash) {
        this.asked = new AskedPeers(hash);
        this.hash = hash;
        this.newest = newest;
        this.sockets = sockets;
        this.used = used;
        watch(newest.get());
    }

    private void watch(WatchedNet net) {
        watched = net;
        destination = new Destination(net);
        if (net.hasNetwork() && network == null) {
            network = new NetworkRule(hash);
        }
    }

    @Override
    public void handle(ProbeEvent event) {
        if (event.kind == EventKind.RENEW) {
            watch(newest.get());
        }
        if (event.kind != EventKind.PROBE || event.verdict != Verdict.UNJUDGED) {
            return;
        }
        if (event.seenBy == ProbeSource.TRAP) {
            classifyTrapped(event);
        } else if (event.outgoing) {
            classifyOutgoing(event);
        } else if (watched.hasNetwork() && !destination.isOwn(event)) {
            classifyTransit(event);
        } else if (!destination.isHome(event)) {
            event.verdict = Verdict.UNWATCHED;
        } else if (event.fragmentEvasion) {
            classifyEvasion(event);
        } else {
            classifyPacket(event);
        }
    }

    /** Whatever reached a trap was for a trap port, but a datagram may have been for everybody on the network. */
    private void classifyTrapped(ProbeEvent event) {
        boolean toAll = event.protocol == IpProtocol.UDP && event.destinationLo != 0
                && !destination.isHome(event);
        event.scanType = event.protocol == IpProtocol.UDP ? ScanType.UDP : ScanType.CONNECT;
        event.verdict = toAll ? Verdict.UNWATCHED : Verdict.PROBE;
        event.trapPort = !toAll;
    }

    /** What goes on among home hosts is their own affair, and what passes by as well. */
    private void classifyTransit(ProbeEvent event) {
        boolean fromHome = watched.home().contains(event.family, event.sourceHi, event.sourceLo);
        boolean toHome = destination.isHome(event)
                && !watched.broadcast().contains(event.family, event.destinationHi, event.destinationLo)
                && !AskedPeers.isToMany(event.family, event.destinationHi, event.destinationLo);
        if (fromHome == toHome) {
            event.verdict = Verdict.UNWATCHED;
        } else if (fromHome) {
            network.classifySent(event, watched);
        } else {
            network.classifyReceived(event, watched);
        }
    }

    private void classifyOutgoing(ProbeEvent event) {
        if (event.protocol == IpProtocol.UDP || event.quotedProtocol != 0) {
            event.pair = AddressPair.ofSent(event, hash);
        }
        if (event.protocol == IpProtocol.UDP) {
            asked.note(event, watched.broadcast()
                    .contains(event.family, event.destinationHi, event.destinationLo));
        } else if (event.protocol == IpProtocol.TCP
                && watched.own().contains(event.family, event.sourceHi, event.sourceLo)) {
            // A connection of our own from a trap port: what comes back is an answer, also when it is over.
            used.mark(event.sourcePort, event.epochNanos);
        }
        event.verdict = Verdict.OUTGOING;
    }

    /** No honest sender splits a transport header, so the probe counts also where its port stays unknown. */
    private void classifyEvasion(ProbeEvent event) {
        event.scanType = ScanType.FRAGMENT_EVASION;
        if (event.destinationPort == 0) {
            event.verdict = Verdict.PROBE;
        } else {
            judge(event);
        }
    }

    private void classifyPacket(ProbeEvent event) {
        switch (event.protocol) {
            case IpProtocol.TCP -> classifyTcp(event);
            case IpProtocol.UDP -> classifyUdp(event);
            case IpProtocol.SCTP -> classifySctp(event);
            case IpProtocol.ICMP, IpProtocol.ICMPV6 -> classifyIcmp(event);
            case IpProtocol.IGMP -> event.verdict = Verdict.UNWATCHED;
            default -> meet(event, ScanType.IP_PROTOCOL);
        }
    }

    /** Asks for no trap, and is something that a scanner does all the same. */
    private static void meet(ProbeEvent event, ScanType type) {
        event.scanType = type;
        event.verdict = Verdict.CONTACT;
    }

    private void classifyTcp(ProbeEvent event) {
        int flags = event.tcpFlags & TcpFlags.CLASSIC;
        event.scanType = TcpTechnique.of(flags);
        if (TcpTechnique.answers(flags)) {
            event.verdict = Verdict.BACKSCATTER;
        } else if ((flags & TcpFlags.ACK) != 0 && watched.isTrap(event) && mayBeLate(event)) {
            event.verdict = Verdict.ANSWER;
        } else {
            judge(event);
            if (event.verdict == Verdict.UNWATCHED && TcpTechnique.isOdd(event.tcpFlags)) {
                meet(event, TcpTechnique.ofOdd(event.tcpFlags));
            }
        }
    }

    private boolean mayBeLate(ProbeEvent event) {
        return watched.ephemeral().contains(event.destinationPort)
                || used.contains(event.destinationPort, event.epochNanos);
    }

    private void classifyUdp(ProbeEvent event) {
        event.scanType = ScanType.UDP;
        if (watched.isTrap(event) && isAnswer(event)) {
            event.verdict = Verdict.ANSWER;
        } else {
            judge(event);
        }
    }

    private boolean isAnswer(ProbeEvent event) {
        event.pair = AddressPair.ofReceived(event, hash);
        return asked.isAnswer(event);
    }

    private void classifySctp(ProbeEvent event) {
        switch (event.messageType) {
            case SctpChunk.INIT -> judge(event, ScanType.SCTP_INIT);
            case SctpChunk.COOKIE_ECHO -> judge(event, ScanType.SCTP_COOKIE_ECHO);
            case SctpChunk.ABORT -> event.verdict = Verdict.BACKSCATTER;
            default -> event.verdict = Verdict.UNWATCHED;
        }
    }

    /** The kernel answers these, whatever the traps; many of them, or of many kinds, are a sweep. */
    private static void classifyIcmp(ProbeEvent event) {
        boolean asks = IcmpType.role(event.family, event.messageType) == IcmpType.Role.QUESTION;
        event.scanType = asks ? IcmpTechnique.of(event) : ScanType.NONE;
        event.verdict = asks ? Verdict.CONTACT : Verdict.UNWATCHED;
    }

    private void judge(ProbeEvent event, ScanType type) {
        event.scanType = type;
        judge(event);
    }

    private void judge(ProbeEvent event) {
        event.trapPort = watched.isTrap(event);
        event.verdict = event.trapPort && !isTaken(event) ? Verdict.PROBE : Verdict.UNWATCHED;
    }

    private boolean isTaken(ProbeEvent event) {
        boolean taken = destination.isOwn(event) && sockets.wouldTake(event);
        if (taken && event.protocol == IpProtocol.TCP) {
            used.mark(event.destinationPort, event.epochNanos);
        }
        return taken;
    }
}
