package org.edgesentry.core.probe;

import org.edgesentry.core.command.OperatorCommand;
import org.edgesentry.core.net.IpProtocol;

/**
 * One slot of the probe ring: a probe as its source saw it, and what each handler has found out about it so far.
 *
 * <p>Preallocated and reused; what it refers to is rare and small, and gone with the next event of the slot. Fields are
 * public because the ring hands the slot to one owner at a time: first the source that claimed it, then each handler in
 * its turn.
 *
 * <p>Thread: the current owner only.
 */
public final class ProbeEvent {

    // Written by the source.

    /** What this slot carries; an {@link EventKind}. */
    public EventKind kind = EventKind.PROBE;
    /** Where it was seen. */
    public ProbeSource seenBy = ProbeSource.CAPTURE;
    /** When it was seen, nanoseconds since the epoch. */
    public long epochNanos;
    /** Index of the network interface, 0 when not known. */
    public int interfaceIndex;
    /** Whether this host sent it; false as well where the capture cannot tell. */
    public boolean outgoing;

    // Written by the decoder or the trap.

    /** {@link org.edgesentry.core.net.AddressFamily}: 4 or 6. */
    public int family;
    /** Source address, upper 64 bits; 0 for IPv4. */
    public long sourceHi;
    /** Source address, lower 64 bits. */
    public long sourceLo;
    /** Destination address, upper 64 bits; 0 for IPv4. */
    public long destinationHi;
    /** Destination address, lower 64 bits. */
    public long destinationLo;
    /** IP protocol number after all extension headers. */
    public int protocol;
    /** Source port of TCP, UDP and SCTP, else 0. */
    public int sourcePort;
    /** Destination port of TCP, UDP and SCTP, else 0. */
    public int destinationPort;
    /** All flag bits of the TCP header's thirteenth and fourteenth byte, else 0. */
    public int tcpFlags;
    /** TCP window, else 0. */
    public int tcpWindow;
    /** Type of an ICMP message or of the first SCTP chunk, else 0. */
    public int messageType;
    /** Code of an ICMP message, else 0. */
    public int messageCode;
    /** Whether IPv4 options or IPv6 extension headers (other than a fragment header) were present. */
    public boolean ipOptions;
    /** Whether the transport header was hidden by fragmentation; ports and flags may then be 0. */
    public boolean fragmentEvasion;
    /** Time to live, or hop limit. */
    public int ttl;
    /** Bytes behind the transport header; -1 when that is not known. */
    public int payloadLength = -1;
    /** Whether a UDP payload is, or may be, an answer of DNS, NTP or NetBIOS by its own flags. */
    public boolean answerPayload;
    /** Protocol of the packet that an ICMP error is about, whose source is this event's destination; else 0. */
    public int quotedProtocol;
    /** Destination address of that packet, upper 64 bits. */
    public long quotedHi;
    /** Destination address of that packet, lower 64 bits. */
    public long quotedLo;
    /** Source port of that packet. */
    public int quotedSourcePort;
    /** Destination port of that packet. */
    public int quotedDestinationPort;
    /** Equal for a packet and its retransmission: TCP sequence number, UDP checksum, SCTP tag. Not unique. */
    public int identity;

    // Written by the actions, in an event that reports a block.

    /** When the block ends, nanoseconds since the epoch; {@link Long#MAX_VALUE} without end. */
    public long blockedUntilNanos;

    /** What the operator asks for, in an event that carries it; else null. */
    public OperatorCommand command;

    // Written by the handlers.

    /** What the pipeline made of it. */
    public Verdict verdict = Verdict.UNJUDGED;
    /** Keyed fingerprint of the two addresses, ours first, so equal in both directions; 0 where nobody needed it. */
    public long pair;
    /** Whether the answer to a contact, should there be one, will be seen. */
    public boolean awaitsAnswer;
    /** Whether the host that is asked has talked to the source before, of its own accord. */
    public boolean related;
    /** Whether the port is a trap, whatever becomes of the contact. */
    public boolean trapPort;
    /** The technique. */
    public ScanType scanType = ScanType.NONE;
    /** Whether the source has reached SCAN_TRIGGER. */
    public boolean triggered;
    /** Whether a line is written for this probe (else it is folded into the closing line). */
    public boolean reported;
    /** Whether the response to this protocol, or the protection of this source, forbids a block. */
    public boolean blockForbidden;
    /** Whether a block, or what stands for one, is asked for with this event. */
    public boolean blockRequested;
    /** Whether only KILL_RUN_CMD stands for the block. */
    public boolean commandOnly;
    /** Whether this probe came from a source that was already blocked, for the first time since the block. */
    public boolean firstSinceBlocked;
    /** Prefix length of what is to be blocked; all address bits for a single address. */
    public int blockPrefixLength;
    /** Whether the source had come before this probe: forged ones seldom do. */
    public boolean cameBefore;
    /** In a closing event: probes of the source since its first. */
    public long closingProbes;
    /** In a closing event: probes that got no line of their own; 0 when this event closes nothing. */
    public long closingFolded;
    /** In a closing event: when the source was first seen, nanoseconds since the epoch. */
    public long closingFirstNanos;
    /** In a closing event: whether the scan goes on. */
    public boolean closingOngoing;
    /** In a closing event that is about the rest of all hosts and no source: how many hosts at most, else 0. */
    public long closingHosts;
    /** In a tick: blocks that were put off so far because BLOCK_RATE was used up. */
    public long blocksPutOff;
    /** Whether a verdict was reached with this event; else nobody looks at {@link #scan}, a line of cache apart. */
    public boolean hasScan;
    /** That verdict. */
    public final ScanVerdict scan = new ScanVerdict();
    /** A scan of many sources that was found with this event, else null. */
    public DistributedScan distributed;

    /** Whether its sender completed a TCP handshake with a trap: a forged source never sees what it has to answer. */
    public boolean provesSource() {
        return seenBy == ProbeSource.TRAP && protocol == IpProtocol.TCP;
    }

    /** Makes the slot as new, before a source fills it. */
    public void clear() {
        kind = EventKind.PROBE;
        seenBy = ProbeSource.CAPTURE;
        epochNanos = 0;
        interfaceIndex = 0;
        outgoing = false;
        clearPacket();
        clearJudgement();
    }

    /** Takes over everything that a source or the actions write; the judgement starts anew. */
    public void copyFrom(ProbeEvent other) {
        kind = other.kind;
        seenBy = other.seenBy;
        epochNanos = other.epochNanos;
        interfaceIndex = other.interfaceIndex;
        outgoing = other.outgoing;
        family = other.family;
        sourceHi = other.sourceHi;
        sourceLo = other.sourceLo;
        destinationHi = other.destinationHi;
        destinationLo = other.destinationLo;
        protocol = other.protocol;
        sourcePort = other.sourcePort;
        destinationPort = other.destinationPort;
        tcpFlags = other.tcpFlags;
        tcpWindow = other.tcpWindow;
        messageType = other.messageType;
        messageCode = other.messageCode;
        ipOptions = other.ipOptions;
        fragmentEvasion = other.fragmentEvasion;
        ttl = other.ttl;
        payloadLength = other.payloadLength;
        answerPayload = other.answerPayload;
        quotedProtocol = other.quotedProtocol;
        quotedHi = other.quotedHi;
        quotedLo = other.quotedLo;
        quotedSourcePort = other.quotedSourcePort;
        quotedDestinationPort = other.quotedDestinationPort;
        identity = other.identity;
        blockedUntilNanos = other.blockedUntilNanos;
        command = other.command;
        clearJudgement();
        verdict = other.verdict;
        scanType = other.scanType;
    }

    private void clearPacket() {
        family = 0;
        sourceHi = 0;
        sourceLo = 0;
        destinationHi = 0;
        destinationLo = 0;
        protocol = 0;
        sourcePort = 0;
        destinationPort = 0;
        tcpFlags = 0;
        tcpWindow = 0;
        messageType = 0;
        messageCode = 0;
        ipOptions = false;
        fragmentEvasion = false;
        ttl = 0;
        payloadLength = -1;
        answerPayload = false;
        quotedProtocol = 0;
        quotedHi = 0;
        quotedLo = 0;
        quotedSourcePort = 0;
        quotedDestinationPort = 0;
        identity = 0;
        blockedUntilNanos = 0;
        command = null;
    }

    private void clearJudgement() {
        verdict = Verdict.UNJUDGED;
        pair = 0;
        awaitsAnswer = false;
        related = false;
        trapPort = false;
        scanType = ScanType.NONE;
        triggered = false;
        reported = false;
        blockForbidden = false;
        blockRequested = false;
        commandOnly = false;
        firstSinceBlocked = false;
        blockPrefixLength = 0;
        cameBefore = false;
        closingProbes = 0;
        closingFolded = 0;
        closingFirstNanos = 0;
        closingOngoing = false;
        closingHosts = 0;
        blocksPutOff = 0;
        distributed = null;
        if (hasScan) {
            scan.clear();
            hasScan = false;
        }
    }
}
