package org.edgesentry.core.action;

import org.edgesentry.core.command.OperatorCommand;
import org.edgesentry.core.probe.DistributedScan;
import org.edgesentry.core.probe.ProbeSource;
import org.edgesentry.core.probe.ScanType;
import org.edgesentry.core.probe.ScanVerdict;
import org.edgesentry.core.probe.Verdict;

/**
 * One slot of the action ring: what the dispatch handler asks the actions to do about one probe.
 *
 * <p>Preallocated and reused: a responder copies what it keeps beyond the call. Thread: the current owner only.
 */
public final class ActionRequest {

    /** What is asked for. */
    public ActionKind kind = ActionKind.PROBE;
    /** Time of the probe, or of the tick, nanoseconds since the epoch. */
    public long epochNanos;
    /** Where the probe was seen. */
    public ProbeSource seenBy = ProbeSource.CAPTURE;
    /** {@link org.edgesentry.core.net.AddressFamily}: 4 or 6. */
    public int family;
    /** Source address, upper 64 bits; 0 for IPv4. */
    public long sourceHi;
    /** Source address, lower 64 bits. */
    public long sourceLo;
    /** IP protocol number. */
    public int protocol;
    /** Port that was probed. */
    public int port;
    /** The technique. */
    public ScanType scanType = ScanType.NONE;
    /** What was made of the packet. */
    public Verdict verdict = Verdict.UNJUDGED;
    /** TCP flags, to spell out an unknown type. */
    public int tcpFlags;
    /** Whether IP options or extension headers were present. */
    public boolean ipOptions;
    /** Whether the source has reached SCAN_TRIGGER. */
    public boolean triggered;
    /** Whether a history and a log line are wanted. */
    public boolean reported;
    /** Whether the settings or a protection forbid the block. */
    public boolean blockForbidden;
    /** Whether the source is to be answered now: blocked, or told to KILL_RUN_CMD only. */
    public boolean blockRequested;
    /** Whether the answer is KILL_RUN_CMD only (BLOCK_TCP or BLOCK_UDP is 2): no block. */
    public boolean commandOnly;
    /** Whether to say that this host is already blocked. */
    public boolean firstSinceBlocked;
    /** Prefix length of what is to be blocked. */
    public int blockPrefixLength;
    /** Whether the source had come before this probe: forged ones seldom do. */
    public boolean cameBefore;
    /** For {@link ActionKind#CLOSING}: all probes of the source. */
    public long closingProbes;
    /** For {@link ActionKind#CLOSING}: probes without a line of their own. */
    public long closingFolded;
    /** For {@link ActionKind#CLOSING}: first probe of the source, nanoseconds since the epoch. */
    public long closingFirstNanos;

    /** For {@link ActionKind#CLOSING}: whether the scan goes on. */
    public boolean closingOngoing;
    /** For {@link ActionKind#CLOSING}: 0 for one source; else it is about the rest of all, so many hosts at most. */
    public long closingHosts;
    /** For {@link ActionKind#TICK}: blocks that were put off so far because BLOCK_RATE was used up. */
    public long blocksPutOff;
    /** For {@link ActionKind#SCAN}: the verdict. */
    public final ScanVerdict scan = new ScanVerdict();
    /** For {@link ActionKind#DISTRIBUTED}: the scan. */
    public DistributedScan distributed;

    /** For {@link ActionKind#COMMAND}: what the operator asks for. */
    public OperatorCommand command;

    /** Takes over every field of another request. */
    public void copyFrom(ActionRequest other) {
        kind = other.kind;
        epochNanos = other.epochNanos;
        seenBy = other.seenBy;
        family = other.family;
        sourceHi = other.sourceHi;
        sourceLo = other.sourceLo;
        protocol = other.protocol;
        port = other.port;
        scanType = other.scanType;
        verdict = other.verdict;
        tcpFlags = other.tcpFlags;
        ipOptions = other.ipOptions;
        triggered = other.triggered;
        reported = other.reported;
        blockForbidden = other.blockForbidden;
        blockRequested = other.blockRequested;
        commandOnly = other.commandOnly;
        firstSinceBlocked = other.firstSinceBlocked;
        blockPrefixLength = other.blockPrefixLength;
        cameBefore = other.cameBefore;
        closingProbes = other.closingProbes;
        closingFolded = other.closingFolded;
        closingFirstNanos = other.closingFirstNanos;
        closingOngoing = other.closingOngoing;
        closingHosts = other.closingHosts;
        blocksPutOff = other.blocksPutOff;
        scan.copyFrom(other.scan);
        distributed = other.distributed;
        command = other.command;
    }
}
