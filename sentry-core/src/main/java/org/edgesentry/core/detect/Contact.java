package org.edgesentry.core.detect;

import org.edgesentry.core.net.IpProtocol;
import org.edgesentry.core.probe.ProbeEvent;
import org.edgesentry.core.probe.ScanType;

/**
 * One contact of a source with a host of ours, packed into a long: whom it asked for what, how, and what became of it.
 * Packets that ask the same again are the same contact.
 *
 * <pre>
 *   bits 0-15    identity of the packet: equal for a retransmission
 *   bits 16-31   host: its last 16 bits, which tell the hosts of a network apart, mixed with the others
 *   bits 32-47   port; ICMP: type; other protocols: their number
 *   bits 48-55   {@link ScanType}
 *   bits 56-57   {@link Outcome}
 *   bit  58      the host has talked to the source before, of its own accord
 *   bit  59      the port is a trap
 *   bit  60      it came soon after another contact of the source
 *   bit  61      the host has sent data to the source over it, so the address is the source's own
 * </pre>
 *
 * <p>Thread: any; keeps nothing.
 */
public final class Contact {

    private static final int HOST_SHIFT = 16;
    private static final int PORT_SHIFT = 32;
    private static final int TYPE_SHIFT = 48;
    private static final int OUTCOME_SHIFT = 56;
    private static final long OUTCOME_MASK = 0x3L << OUTCOME_SHIFT;
    private static final long RELATED = 1L << 58;
    private static final long TRAP = 1L << 59;
    private static final long SOON = 1L << 60;
    private static final long PROOF = 1L << 61;
    /** Host, port and type: what makes two packets the same contact. */
    private static final long KEY_MASK = 0x00FF_FFFF_FFFF_0000L;

    /** Odd constants from the golden ratio, as in Fibonacci hashing (Knuth, TAOCP 3, 6.4). */
    private static final long MIX_HI = 0x9E37_79B9_7F4A_7C15L;
    private static final long MIX_LO = 0xC2B2_AE3D_27D4_EB4FL;

    private Contact() {
    }

    /** The contact that a classified packet makes, its outcome still open. */
    public static long of(ProbeEvent event) {
        long contact = Integer.toUnsignedLong(identity(event))
                | (long) host(event.destinationHi, event.destinationLo) << HOST_SHIFT
                | (long) port(event) << PORT_SHIFT
                | (long) event.scanType.ordinal() << TYPE_SHIFT;
        return contact | (event.trapPort ? TRAP : 0) | (event.related ? RELATED : 0);
    }

    /** The sixteen bits of a packet's identity that are kept. */
    public static int identity(ProbeEvent event) {
        return (event.identity ^ event.identity >>> 16) & 0xFFFF;
    }

    private static int port(ProbeEvent event) {
        return switch (event.protocol) {
            case IpProtocol.TCP, IpProtocol.UDP, IpProtocol.SCTP -> event.destinationPort;
            // A fingerprint probe counts with those of TCP, and has no port by ICMP.
            case IpProtocol.ICMP, IpProtocol.ICMPV6 ->
                    event.scanType == ScanType.OS_FINGERPRINT ? 0 : event.messageType;
            default -> event.protocol;
        };
    }

    private static int host(long hi, long lo) {
        return (int) (lo ^ (hi * MIX_HI ^ (lo >>> 16) * MIX_LO) >>> 48) & 0xFFFF;
    }

    /** The same, of a packed contact. */
    public static int identity(long contact) {
        return (int) contact & 0xFFFF;
    }

    static int host(long contact) {
        return (int) (contact >>> HOST_SHIFT) & 0xFFFF;
    }

    /** Port; ICMP: type; other protocols: their number. */
    public static int port(long contact) {
        return (int) (contact >>> PORT_SHIFT) & 0xFFFF;
    }

    /** The technique. */
    public static ScanType type(long contact) {
        return ScanType.ofCode((int) (contact >>> TYPE_SHIFT) & 0xFF);
    }

    /** What became of it. */
    public static Outcome outcome(long contact) {
        return Outcome.ofCode((int) ((contact & OUTCOME_MASK) >>> OUTCOME_SHIFT));
    }

    /** The contact with another outcome. */
    public static long with(long contact, Outcome outcome) {
        return contact & ~OUTCOME_MASK | (long) outcome.ordinal() << OUTCOME_SHIFT;
    }

    static boolean isRelated(long contact) {
        return (contact & RELATED) != 0;
    }

    /** Whether the port is a trap. */
    public static boolean isTrap(long contact) {
        return (contact & TRAP) != 0;
    }

    static boolean isSoon(long contact) {
        return (contact & SOON) != 0;
    }

    static long soon(long contact) {
        return contact | SOON;
    }

    /** Whether it proves the source's address: a TCP connection that the host has used. */
    public static boolean isProof(long contact) {
        return (contact & PROOF) != 0;
    }

    static long proof(long contact) {
        return contact | PROOF;
    }

    /** Whether two contacts ask the same of the same host, in the same way. */
    public static boolean isSame(long contact, long other) {
        return ((contact ^ other) & KEY_MASK) == 0;
    }

    /** Transport and port as one number, whatever the technique. */
    public static int portKey(long contact) {
        return transport(type(contact)) << 16 | port(contact);
    }

    /** What makes two packets the same contact, as one number. */
    static long key(long contact) {
        return contact & KEY_MASK;
    }

    /** Whether the contact asks for a port of TCP, UDP or SCTP. */
    static boolean isOfPort(long contact) {
        int transport = transport(type(contact));
        return transport != 0 && transport != IpProtocol.ICMP && port(contact) != 0;
    }

    /** The protocol that a technique belongs to. */
    public static int transport(ScanType type) {
        return switch (type) {
            case UDP -> IpProtocol.UDP;
            case SCTP_INIT, SCTP_COOKIE_ECHO -> IpProtocol.SCTP;
            case ICMP_ECHO, ICMP_TIMESTAMP, ICMP_MASK, ICMP_INFORMATION -> IpProtocol.ICMP;
            case IP_PROTOCOL -> 0;
            default -> IpProtocol.TCP;
        };
    }
}
