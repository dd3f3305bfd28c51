package org.edgesentry.core.classify;

import java.util.function.Supplier;
import org.edgesentry.core.net.IpProtocol;
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
 * <p>Thread: pipeline only; allocates nothing.
 */
public final class ClassifyHandler implements ProbeHandler {

    private static final int SCTP_INIT_CHUNK = 1;
    private static final int SCTP_ABORT_CHUNK = 6;
    private static final int SCTP_COOKIE_ECHO_CHUNK = 10;

    private final Supplier<WatchedNet> newest;
    private WatchedNet watched;

    /** A classifier for the traps that it is told now, and again with each {@link EventKind#RENEW}. */
    public ClassifyHandler(Supplier<WatchedNet> newest) {
        this.newest = newest;
        this.watched = newest.get();
    }

    @Override
    public void handle(ProbeEvent event) {
        if (event.kind == EventKind.RENEW) {
            watched = newest.get();
        }
        if (event.kind != EventKind.PROBE || event.verdict != Verdict.UNJUDGED) {
            return;
        }
        if (event.seenBy == ProbeSource.TRAP) {
            classifyTrapped(event);
        } else if (!watched.home().contains(event.family, event.destinationHi, event.destinationLo)) {
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
                && !watched.home().contains(event.family, event.destinationHi, event.destinationLo);
        event.scanType = event.protocol == IpProtocol.UDP ? ScanType.UDP : ScanType.CONNECT;
        event.verdict = toAll ? Verdict.UNWATCHED : Verdict.PROBE;
    }

    /** No honest sender splits a transport header, so the probe counts also where its port stays unknown. */
    private void classifyEvasion(ProbeEvent event) {
        boolean trap = event.destinationPort == 0 || isTrap(event);
        event.scanType = ScanType.FRAGMENT_EVASION;
        event.verdict = trap ? Verdict.PROBE : Verdict.UNWATCHED;
    }

    private void classifyPacket(ProbeEvent event) {
        switch (event.protocol) {
            case IpProtocol.TCP -> classifyTcp(event);
            case IpProtocol.UDP -> classifyUdp(event);
            case IpProtocol.SCTP -> classifySctp(event);
            default -> event.verdict = Verdict.UNWATCHED;
        }
    }

    private void classifyTcp(ProbeEvent event) {
        int flags = event.tcpFlags & TcpFlags.CLASSIC;
        boolean answer = (flags & TcpFlags.RST) != 0 || (flags & (TcpFlags.SYN | TcpFlags.ACK))
                == (TcpFlags.SYN | TcpFlags.ACK);
        event.scanType = TcpTechnique.of(flags);
        if (answer) {
            event.verdict = Verdict.BACKSCATTER;
        } else if (!isTrap(event)) {
            event.verdict = Verdict.UNWATCHED;
        } else {
            boolean mayBeOurs = (flags & TcpFlags.ACK) != 0 && watched.ephemeral().contains(event.destinationPort);
            event.verdict = mayBeOurs ? Verdict.ANSWER : Verdict.PROBE;
        }
    }

    /** A datagram to a port that the kernel lends to our own questions may be the answer to one. */
    private void classifyUdp(ProbeEvent event) {
        event.scanType = ScanType.UDP;
        if (!isTrap(event)) {
            event.verdict = Verdict.UNWATCHED;
        } else {
            event.verdict = watched.ephemeral().contains(event.destinationPort) ? Verdict.ANSWER : Verdict.PROBE;
        }
    }

    private void classifySctp(ProbeEvent event) {
        switch (event.messageType) {
            case SCTP_INIT_CHUNK -> judgeSctp(event, ScanType.SCTP_INIT);
            case SCTP_COOKIE_ECHO_CHUNK -> judgeSctp(event, ScanType.SCTP_COOKIE_ECHO);
            case SCTP_ABORT_CHUNK -> event.verdict = Verdict.BACKSCATTER;
            default -> event.verdict = Verdict.UNWATCHED;
        }
    }

    private void judgeSctp(ProbeEvent event, ScanType type) {
        event.scanType = type;
        event.verdict = isTrap(event) ? Verdict.PROBE : Verdict.UNWATCHED;
    }

    private boolean isTrap(ProbeEvent event) {
        return event.protocol == IpProtocol.UDP
                ? watched.udpTraps().contains(event.destinationPort)
                : watched.tcpTraps().contains(event.destinationPort);
    }
}
