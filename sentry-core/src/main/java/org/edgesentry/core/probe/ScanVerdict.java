package org.edgesentry.core.probe;

/**
 * What the detector says of one source: that it scans, how, and on what evidence. Part of a {@link ProbeEvent}, of an
 * action request, and of whatever reports it; preallocated where it has to be.
 *
 * <p>The source is the verdict's own: a verdict may be reached when another source's packet, or none, moves the clock.
 *
 * <p>Thread: the current owner of what it is part of.
 */
public final class ScanVerdict {

    /** Mask of {@link ScanKind}; 0 when this says nothing. */
    public int kinds;
    /** {@link org.edgesentry.core.net.AddressFamily} of the source: 4 or 6. */
    public int family;
    /** Source address, upper 64 bits; 0 for IPv4. */
    public long sourceHi;
    /** Source address, lower 64 bits. */
    public long sourceLo;
    /** Mask of the techniques seen: bit n for the {@link ScanType} with the ordinal n. */
    public int techniques;
    /** The flags of its last TCP segment that no technique names. */
    public int oddFlags;
    /** Packets that count as contacts, repeats included. */
    public long packets;
    /** Distinct ports (with their protocol) that it asked for; an estimate when there were many. */
    public int ports;
    /** Distinct IP protocols, other than TCP, UDP, SCTP and ICMP, that it tried; 32 at most. */
    public int protocols;
    /** Distinct hosts that it asked; an estimate when there were many. */
    public int hosts;
    /** Distinct contacts that were refused, not answered, or such as no honest program makes. */
    public int failed;
    /** Distinct contacts that a service answered. */
    public int served;
    /** Whether {@link #ports} and {@link #hosts} are estimates, some 3 % off. */
    public boolean estimated;
    /** Distinct contacts that were answered, and that it left without a word. */
    public int left;
    /** The one port that it asked for, 0 when there were several, or none. */
    public int port;
    /** Its first contact, nanoseconds since the epoch. */
    public long firstNanos;
    /** Its last contact, nanoseconds since the epoch. */
    public long lastNanos;
    /** The evidence, in failed first contacts: each multiplies the odds by four (Jung et al. 2004). */
    public float evidence;
    /** Whether it completed a TCP handshake, which a forged source cannot. */
    public boolean proven;
    /** Other sources that sent the same probes at the same time: decoys, or this one is a decoy of theirs. */
    public int lookalikes;
    /** The one source port that all its contacts came from, 0 when there were several. */
    public int sourcePort;

    /** Says nothing from now on; the rest is stale. */
    public void clear() {
        kinds = 0;
    }

    /** Takes over everything of another verdict. */
    public void copyFrom(ScanVerdict other) {
        kinds = other.kinds;
        family = other.family;
        sourceHi = other.sourceHi;
        sourceLo = other.sourceLo;
        techniques = other.techniques;
        oddFlags = other.oddFlags;
        packets = other.packets;
        ports = other.ports;
        protocols = other.protocols;
        hosts = other.hosts;
        failed = other.failed;
        served = other.served;
        estimated = other.estimated;
        left = other.left;
        port = other.port;
        firstNanos = other.firstNanos;
        lastNanos = other.lastNanos;
        evidence = other.evidence;
        proven = other.proven;
        lookalikes = other.lookalikes;
        sourcePort = other.sourcePort;
    }
}
