package org.edgesentry.core.classify;

import org.edgesentry.core.hash.SipHash;
import org.edgesentry.core.net.IcmpType;
import org.edgesentry.core.net.IpProtocol;
import org.edgesentry.core.net.SctpChunk;
import org.edgesentry.core.net.TcpFlags;
import org.edgesentry.core.probe.ProbeEvent;
import org.edgesentry.core.probe.ScanType;
import org.edgesentry.core.probe.Verdict;

/**
 * Judges traffic of hosts that are not this one: those behind a gateway, and those of a capture file. Nobody can be
 * asked what sockets they have, but both directions are seen. So every packet that opens something is a contact, whose
 * outcome decides later; what belongs to conversations of the home networks is none, nor what answers questions that
 * somebody else asked in their name.
 *
 * <p>Thread: that of the classifier; allocates nothing.
 */
final class NetworkRule {

    private static final int FTP_DATA = 20;
    private static final int LOWEST_FREE_PORT = 1_024;
    private static final int LAST_OLD_CLIENT_PORT = 5_000;
    private static final int FIRST_CLIENT_PORT = 10_000;

    private final SipHash hash;
    private final Conversations conversations;

    NetworkRule(SipHash hash) {
        this.hash = hash;
        this.conversations = new Conversations(hash);
    }

    /** A packet that a home host sends. */
    void classifySent(ProbeEvent event, WatchedNet watched) {
        event.pair = AddressPair.ofSent(event, hash);
        conversations.note(event, watched.broadcast());
        event.verdict = Verdict.OUTGOING;
    }

    /** A packet from outside to a home host. */
    void classifyReceived(ProbeEvent event, WatchedNet watched) {
        event.pair = AddressPair.ofReceived(event, hash);
        event.trapPort = watched.isTrap(event);
        if (event.fragmentEvasion) {
            contact(event, ScanType.FRAGMENT_EVASION);
            return;
        }
        switch (event.protocol) {
            case IpProtocol.TCP -> classifyTcp(event);
            case IpProtocol.UDP -> classifyUdp(event);
            case IpProtocol.SCTP -> classifySctp(event);
            case IpProtocol.ICMP, IpProtocol.ICMPV6 -> classifyIcmp(event);
            case IpProtocol.IGMP -> event.verdict = Verdict.UNWATCHED;
            default -> contactUnlessHeld(event, ScanType.IP_PROTOCOL);
        }
    }

    private void classifyTcp(ProbeEvent event) {
        int flags = event.tcpFlags & TcpFlags.CLASSIC;
        event.scanType = TcpTechnique.of(flags);
        if (TcpTechnique.isOdd(event.tcpFlags)) {
            contact(event, TcpTechnique.ofOdd(event.tcpFlags));
        } else if (TcpTechnique.answers(flags)) {
            event.verdict = conversations.hold(event) ? Verdict.ANSWER : Verdict.BACKSCATTER;
        } else if (flags == TcpFlags.SYN) {
            classifySyn(event);
        } else {
            classifyAcknowledging(event, flags);
        }
    }

    /**
     * With ACK, a segment is part of a connection by its own account. It counts only where it cannot be: nobody at home
     * is known to have the connection, and it does not look like a server's to its client. With a payload it is most
     * likely of a connection that is older than our memory, so it counts little.
     */
    private void classifyAcknowledging(ProbeEvent event, int flags) {
        boolean fromServer = event.sourcePort < LOWEST_FREE_PORT && isClientPort(event.destinationPort);
        if (fromServer || conversations.hold(event) || conversations.wereBegunWith(event)) {
            event.verdict = Verdict.ANSWER;
        } else {
            contact(event, TcpTechnique.ofAcknowledging(flags));
            event.related |= event.payloadLength != 0;
        }
    }

    /** Ports that systems give to connections of their own: old ones from 1,024 on, those of today far above. */
    private static boolean isClientPort(int port) {
        return port >= LOWEST_FREE_PORT && port <= LAST_OLD_CLIENT_PORT || port >= FIRST_CLIENT_PORT;
    }

    private void classifySyn(ProbeEvent event) {
        if (event.sourcePort == FTP_DATA && conversations.includeFtp(event)) {
            event.verdict = Verdict.ANSWER;
        } else {
            contact(event, event.sourcePort == FTP_DATA ? ScanType.FTP_BOUNCE : ScanType.TCP_SYN);
        }
    }

    private void classifyUdp(ProbeEvent event) {
        event.scanType = ScanType.UDP;
        if (conversations.hold(event)) {
            event.verdict = Verdict.ANSWER;
        } else if (DatagramHabits.isAnswer(event)) {
            leave(event, Verdict.BACKSCATTER);
        } else if (DatagramHabits.isTrace(event)) {
            leave(event, Verdict.UNWATCHED);
        } else {
            contact(event, ScanType.UDP);
        }
    }

    private void leave(ProbeEvent event, Verdict verdict) {
        event.verdict = verdict;
        conversations.noteUnasked(event);
    }

    private void classifySctp(ProbeEvent event) {
        switch (event.messageType) {
            case SctpChunk.INIT -> contact(event, ScanType.SCTP_INIT);
            case SctpChunk.COOKIE_ECHO -> contactUnlessHeld(event, ScanType.SCTP_COOKIE_ECHO);
            case SctpChunk.INIT_ACK, SctpChunk.ABORT, SctpChunk.SHUTDOWN_ACK ->
                    event.verdict = conversations.hold(event) ? Verdict.ANSWER : Verdict.BACKSCATTER;
            default -> event.verdict = conversations.hold(event) ? Verdict.ANSWER : Verdict.UNWATCHED;
        }
    }

    private void classifyIcmp(ProbeEvent event) {
        switch (IcmpType.role(event.family, event.messageType)) {
            case QUESTION -> contact(event, IcmpTechnique.of(event));
            case ANSWER -> event.verdict = conversations.hold(event) ? Verdict.ANSWER : Verdict.BACKSCATTER;
            case ERROR -> event.verdict = conversations.include(event) ? Verdict.ANSWER : Verdict.BACKSCATTER;
            default -> event.verdict = Verdict.UNWATCHED;
        }
    }

    private void contactUnlessHeld(ProbeEvent event, ScanType type) {
        if (conversations.hold(event)) {
            event.verdict = Verdict.ANSWER;
        } else {
            contact(event, type);
        }
    }

    private void contact(ProbeEvent event, ScanType type) {
        event.scanType = type;
        event.verdict = Verdict.CONTACT;
        event.awaitsAnswer = true;
        event.related = conversations.wereBegunWith(event);
        conversations.noteContact(event);
    }
}
