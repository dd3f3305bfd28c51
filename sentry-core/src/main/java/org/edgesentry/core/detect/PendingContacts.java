package org.edgesentry.core.detect;

import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.edgesentry.core.hash.SipHash;
import org.edgesentry.core.limits.Limits;
import org.edgesentry.core.net.IcmpType;
import org.edgesentry.core.net.IpProtocol;
import org.edgesentry.core.net.SctpChunk;
import org.edgesentry.core.net.TcpFlags;
import org.edgesentry.core.probe.ProbeEvent;

/**
 * Contacts whose outcome is not known yet. Packets of both directions decide; without any, the contact has failed when
 * its time is up. Only for hosts whose answers can be seen: those behind a gateway, and those of a capture file.
 *
 * <pre>
 *   opened ─► answered (SYN-ACK) ─► data: served
 *     │           └─► FIN or RST of the source, no data: neutral
 *     ├─► answer of UDP, SCTP, ICMP: served
 *     ├─► RST, ABORT: failed
 *     ├─► many packets of the same kind: neutral (a stream, not a probe)
 *     └─► time is up: failed; neutral if it was answered
 * </pre>
 *
 * <p>A ring in the order of opening, so what comes first ends first; a full ring ends its oldest before its time. Time
 * is the sum of the steps forward of the packets' clock, which may step back.
 *
 * <p>Events come with the keyed fingerprint of their addresses ({@link ProbeEvent#pair}).
 *
 * <p>Thread: pipeline only; allocates nothing.
 */
public final class PendingContacts {

    private static final int NONE = -1;
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(Limits.ANSWER_SECONDS);
    /** So many packets to one port within the time of patience are a stream: media, telemetry. */
    private static final int STREAM_PACKETS = 8;
    /** Most look-ups find nothing, and are to see that at once. */
    private static final int BUCKETS_PER_SLOT = 4;

    private final int mask;
    private final int bucketMask;
    private final int[] buckets;
    private final int[] next;
    private final long[] fingerprints;
    private final long[] sourceHi;
    private final long[] sourceLo;
    private final long[] targetHi;
    private final long[] targetLo;
    private final long[] contacts;
    private final long[] openedNanos;
    private final long[] openedEpochNanos;
    private final byte[] families;
    private final byte[] packets;
    private final boolean[] answered;
    private final boolean[] open;
    private final PassedTime clock = new PassedTime();
    private int head;
    private int size;

    private int settled;
    private boolean answersAreSeen;

    /** An empty memory. */
    public PendingContacts() {
        int slots = Limits.PENDING_CONTACTS;
        this.mask = slots - 1;
        this.buckets = new int[slots * BUCKETS_PER_SLOT];
        this.bucketMask = buckets.length - 1;
        this.next = new int[slots];
        this.fingerprints = new long[slots];
        this.sourceHi = new long[slots];
        this.sourceLo = new long[slots];
        this.targetHi = new long[slots];
        this.targetLo = new long[slots];
        this.contacts = new long[slots];
        this.openedNanos = new long[slots];
        this.openedEpochNanos = new long[slots];
        this.families = new byte[slots];
        this.packets = new byte[slots];
        this.answered = new boolean[slots];
        this.open = new boolean[slots];
        Arrays.fill(buckets, NONE);
    }

    /** Lets time pass up to this event's. */
    public void pass(long epochNanos) {
        clock.pass(epochNanos);
    }

    /**
     * Takes a contact in, or one more packet of it. When that fills the last place, the oldest ends.
     *
     * @return whether a contact is settled now, and is to be read and then {@link #release}d
     */
    public boolean opens(ProbeEvent event) {
        long fingerprint = inbound(event);
        int slot = find(fingerprint);
        if (slot != NONE) {
            return isStream(slot, event);
        }
        add(fingerprint, event);
        return size > mask && endsByTime();
    }

    private boolean isStream(int slot, ProbeEvent event) {
        packets[slot]++;
        return packets[slot] >= STREAM_PACKETS && event.protocol == IpProtocol.UDP && ends(slot, Outcome.NEUTRAL);
    }

    /** Takes in a packet that a host of ours sends; the return value is that of {@link #opens}. */
    public boolean answers(ProbeEvent event) {
        answersAreSeen |= event.protocol == IpProtocol.TCP;
        if (event.quotedProtocol != 0) {
            return refuses(event);
        }
        int slot = find(outbound(event));
        if (slot == NONE) {
            return false;
        }
        return switch (event.protocol) {
            case IpProtocol.TCP -> answersTcp(slot, event);
            case IpProtocol.SCTP -> ends(slot, event.messageType == SctpChunk.ABORT ? Outcome.FAILED : Outcome.SERVED);
            default -> ends(slot, Outcome.SERVED);
        };
    }

    /** An ICMP error of a home host, or of a router before it, to the source. */
    private boolean refuses(ProbeEvent error) {
        int slot = find(SipHash.derive(error.pair,
                (long) error.quotedProtocol << 16 | error.quotedDestinationPort));
        return slot != NONE && !answered[slot]
                && IcmpType.isUnreachable(error.family, error.messageType, error.messageCode)
                && ends(slot, Outcome.FAILED);
    }

    private boolean answersTcp(int slot, ProbeEvent event) {
        if ((event.tcpFlags & TcpFlags.RST) != 0) {
            return ends(slot, Outcome.FAILED);
        }
        if ((event.tcpFlags & TcpFlags.SYN) == 0 && event.payloadLength != 0) {
            // Our side has seen its own sequence number acknowledged: data of the source alone can be forged.
            contacts[slot] = Contact.proof(contacts[slot]);
            return ends(slot, Outcome.SERVED);
        }
        answered[slot] = true;
        return false;
    }

    /**
     * Takes in a further packet of the source, in a conversation that was answered; returns as {@link #opens}. Where no
     * home host has ever been seen to send TCP, the capture is of one direction: then going on is as good as an answer.
     */
    public boolean follows(ProbeEvent event) {
        int slot = event.protocol == IpProtocol.TCP ? find(inbound(event)) : NONE;
        if (slot == NONE || !answered[slot] && answersAreSeen) {
            return false;
        }
        if (event.payloadLength > 0) {
            return ends(slot, Outcome.SERVED);
        }
        return (event.tcpFlags & (TcpFlags.FIN | TcpFlags.RST)) != 0 && ends(slot, Outcome.NEUTRAL);
    }

    /** Whether the time of the oldest is up; returns as {@link #opens}. */
    public boolean expires() {
        return size > 0 && clock.nanos() - openedNanos[head] > PATIENCE_NANOS && endsByTime();
    }

    /** Whether there is any left; the time of the oldest ends now. Returns as {@link #opens}. */
    public boolean ends() {
        return size > 0 && endsByTime();
    }

    private boolean endsByTime() {
        return ends(head, answered[head] ? Outcome.NEUTRAL : Outcome.FAILED);
    }

    private boolean ends(int slot, Outcome outcome) {
        contacts[slot] = Contact.with(contacts[slot], outcome);
        settled = slot;
        return true;
    }

    /** Address family of the settled contact's source. */
    public int family() {
        return families[settled];
    }

    /** Its source address, upper half. */
    public long sourceHi() {
        return sourceHi[settled];
    }

    /** Its source address, lower half. */
    public long sourceLo() {
        return sourceLo[settled];
    }

    /** The address that it asked, upper half. */
    public long targetHi() {
        return targetHi[settled];
    }

    /** The address that it asked, lower half. */
    public long targetLo() {
        return targetLo[settled];
    }

    /** When it was opened, nanoseconds since the epoch. */
    public long epochNanos() {
        return openedEpochNanos[settled];
    }

    /** The settled contact, with its outcome. */
    public long contact() {
        return contacts[settled];
    }

    /** Forgets the settled contact. */
    public void release() {
        unlink(settled);
        open[settled] = false;
        while (size > 0 && !open[head]) {
            head = head + 1 & mask;
            size--;
        }
    }

    private void add(long fingerprint, ProbeEvent event) {
        int slot = head + size & mask;
        size++;
        fingerprints[slot] = fingerprint;
        families[slot] = (byte) event.family;
        sourceHi[slot] = event.sourceHi;
        sourceLo[slot] = event.sourceLo;
        targetHi[slot] = event.destinationHi;
        targetLo[slot] = event.destinationLo;
        contacts[slot] = Contact.of(event);
        openedNanos[slot] = clock.nanos();
        openedEpochNanos[slot] = event.epochNanos;
        packets[slot] = 1;
        answered[slot] = false;
        open[slot] = true;
        int bucket = (int) fingerprint & bucketMask;
        next[slot] = buckets[bucket];
        buckets[bucket] = slot;
    }

    private int find(long fingerprint) {
        int slot = buckets[(int) fingerprint & bucketMask];
        while (slot != NONE && fingerprints[slot] != fingerprint) {
            slot = next[slot];
        }
        return slot;
    }

    private void unlink(int slot) {
        int bucket = (int) fingerprints[slot] & bucketMask;
        if (buckets[bucket] == slot) {
            buckets[bucket] = next[slot];
            return;
        }
        int before = buckets[bucket];
        while (next[before] != slot) {
            before = next[before];
        }
        next[before] = next[slot];
    }

    private static long inbound(ProbeEvent event) {
        return fingerprint(event, event.destinationPort);
    }

    private static long outbound(ProbeEvent event) {
        return fingerprint(event, event.sourcePort);
    }

    private static long fingerprint(ProbeEvent event, int ourPort) {
        boolean icmp = IpProtocol.isIcmp(event.protocol);
        int port = icmp ? IcmpType.question(event.family, event.messageType) : ourPort;
        return SipHash.derive(event.pair, (long) event.protocol << 16 | port);
    }
}
