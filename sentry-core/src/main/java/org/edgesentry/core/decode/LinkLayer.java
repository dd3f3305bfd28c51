package org.edgesentry.core.decode;

import java.nio.ByteBuffer;
import org.edgesentry.core.limits.Limits;
import org.edgesentry.core.net.EtherType;
import org.edgesentry.core.probe.ProbeEvent;

/**
 * Finds the IP packet behind the link layer.
 *
 * <pre>
 * Ethernet II    0              6              12     14
 *                | destination  | source       | type | payload
 *
 * VLAN tag       0      2      4                 a type of 0x8100, 0x88a8 or 0x9100 stands before it
 *                | TCI  | type | payload
 *
 * Linux SLL      0      2      4      6          14     16
 *                | kind | hw   | alen | address  | type | payload
 *
 * Linux SLL2     0      2      4          8      10   11   12         20
 *                | type | zero | ifindex  | hw   |kind|alen| address  | payload
 *
 * BSD loopback   0            4
 *                | family     | payload
 *
 * PPPoE session  0        1      2         4        6          8
 * (RFC 2516)     | version | code | session | length | protocol | payload
 *
 * MPLS label     0                                   4         more labels, until S is 1; then the payload
 * (RFC 3032)     | label (20) | class (3) | S | TTL  |
 *
 * LLC, SNAP      0  1  2  3           6      8   a type below 1536 stands before it, the 802.3 length
 *                |AA|AA|03| vendor    | type | payload
 * </pre>
 *
 * <p>Thread: the decoder's.
 */
final class LinkLayer {

    private static final int ETHERNET_TYPE = 12;
    private static final int ETHERNET_LENGTH = 14;
    private static final int SLL_TYPE = 14;
    private static final int SLL_LENGTH = 16;
    private static final int SLL2_TYPE = 0;
    private static final int SLL2_LENGTH = 20;
    private static final int LOOPBACK_LENGTH = 4;
    private static final int TAG_TYPE = 2;
    private static final int TAG_LENGTH = 4;
    private static final int SNAP_TYPE = 6;
    private static final int SNAP_LENGTH = 8;
    private static final int LLC_LENGTH = 3;

    private static final int PPPOE_SESSION = 0x8864;
    private static final int MPLS = 0x8847;
    private static final int PPPOE_LENGTH = 8;
    private static final int PPP_IPV4 = 0x0021;
    private static final int PPP_IPV6 = 0x0057;
    private static final int MPLS_LABEL_LENGTH = 4;
    private static final int MPLS_BOTTOM = 0x100;
    private static final int OLD_SERVICE_TAG = 0x9100;
    /** Below this the type field is a length (IEEE 802.3, 3.2.6). */
    private static final int MIN_TYPE = 0x0600;
    /** SNAP with the vendor of RFC 1042: AA AA 03 00 00 00. */
    private static final long SNAP_RFC_1042 = 0xAAAA_0300_0000L;
    /** SNAP with the vendor of IEEE 802.1H. */
    private static final long SNAP_802_1H = 0xAAAA_0300_00F8L;
    /** The service access point of IP, twice, then "unnumbered information" (RFC 948). */
    private static final int LLC_IPV4 = 0x060603;

    private final Ipv4Decoder ipv4;
    private final Ipv6Decoder ipv6;

    LinkLayer(Ipv4Decoder ipv4, Ipv6Decoder ipv6) {
        this.ipv4 = ipv4;
        this.ipv6 = ipv6;
    }

    DecodeStatus decode(LinkType link, ByteBuffer frame, int start, int end, ProbeEvent event) {
        return switch (link) {
            case ETHERNET -> typed(ETHERNET_TYPE, ETHERNET_LENGTH, frame, start, end, event);
            case LINUX_SLL -> typed(SLL_TYPE, SLL_LENGTH, frame, start, end, event);
            case LINUX_SLL2 -> typed(SLL2_TYPE, SLL2_LENGTH, frame, start, end, event);
            case NULL, LOOP -> loopback(frame, start, end, event);
            case RAW -> byVersion(frame, start, end, event);
            case IPV4 -> ipv4.decode(frame, start, end, event);
            case IPV6 -> ipv6.decode(frame, start, end, event);
        };
    }

    /** Reads what stands behind a type field, over any VLAN tags. */
    DecodeStatus network(int etherType, ByteBuffer frame, int start, int end, ProbeEvent event) {
        int type = etherType;
        int at = start;
        for (int tags = 0; isTag(type); tags++) {
            if (tags == Limits.VLAN_TAGS || end - at < TAG_LENGTH) {
                return DecodeStatus.MALFORMED;
            }
            type = frame.getShort(at + TAG_TYPE) & 0xFFFF;
            at += TAG_LENGTH;
        }
        return type < MIN_TYPE ? llc(frame, at, end, event) : internet(type, frame, at, end, event);
    }

    /** A link layer of fixed length with an Ethernet type in it. */
    private DecodeStatus typed(int typeOffset, int length, ByteBuffer frame, int start, int end, ProbeEvent event) {
        if (end - start < length) {
            return DecodeStatus.MALFORMED;
        }
        return network(frame.getShort(start + typeOffset) & 0xFFFF, frame, start + length, end, event);
    }

    private DecodeStatus internet(int type, ByteBuffer frame, int start, int end, ProbeEvent event) {
        return switch (type) {
            case EtherType.IPV4 -> ipv4.decode(frame, start, end, event);
            case EtherType.IPV6 -> ipv6.decode(frame, start, end, event);
            case PPPOE_SESSION -> pppoe(frame, start, end, event);
            case MPLS -> mpls(frame, start, end, event);
            default -> DecodeStatus.NOT_IP;
        };
    }

    private DecodeStatus pppoe(ByteBuffer frame, int start, int end, ProbeEvent event) {
        int at = start + PPPOE_LENGTH;
        if (end < at) {
            return DecodeStatus.MALFORMED;
        }
        return switch (frame.getShort(at - Short.BYTES) & 0xFFFF) {
            case PPP_IPV4 -> ipv4.decode(frame, at, end, event);
            case PPP_IPV6 -> ipv6.decode(frame, at, end, event);
            default -> DecodeStatus.NOT_IP;
        };
    }

    /** What follows the last label is not named; anything but IP begins with another nibble (RFC 4928, section 3). */
    private DecodeStatus mpls(ByteBuffer frame, int start, int end, ProbeEvent event) {
        int at = start;
        for (int labels = 0; labels < Limits.MPLS_LABELS && end - at > MPLS_LABEL_LENGTH; labels++) {
            boolean last = (frame.getInt(at) & MPLS_BOTTOM) != 0;
            at += MPLS_LABEL_LENGTH;
            if (last) {
                int version = frame.get(at) >>> 4 & 0xF;
                return version == 4 || version == 6 ? byVersion(frame, at, end, event) : DecodeStatus.NOT_IP;
            }
        }
        return DecodeStatus.MALFORMED;
    }

    private DecodeStatus llc(ByteBuffer frame, int start, int end, ProbeEvent event) {
        if (end - start < SNAP_LENGTH) {
            return DecodeStatus.NOT_IP;
        }
        long header = frame.getLong(start);
        long vendor = header >>> 16;
        if (vendor == SNAP_RFC_1042 || vendor == SNAP_802_1H) {
            return internet(frame.getShort(start + SNAP_TYPE) & 0xFFFF, frame, start + SNAP_LENGTH, end, event);
        }
        return header >>> 40 == LLC_IPV4 ? ipv4.decode(frame, start + LLC_LENGTH, end, event) : DecodeStatus.NOT_IP;
    }

    /** Reads the family in either byte order: each number has all but one of its bytes zero. */
    private DecodeStatus loopback(ByteBuffer frame, int start, int end, ProbeEvent event) {
        if (end - start < LOOPBACK_LENGTH) {
            return DecodeStatus.MALFORMED;
        }
        int family = frame.getInt(start);
        int at = start + LOOPBACK_LENGTH;
        return switch (family >>> 16 == 0 ? family : Integer.reverseBytes(family)) {
            case 2 -> ipv4.decode(frame, at, end, event);
            // AF_INET6 of Linux; NetBSD and OpenBSD; FreeBSD; macOS.
            case 10, 24, 28, 30 -> ipv6.decode(frame, at, end, event);
            default -> DecodeStatus.NOT_IP;
        };
    }

    private DecodeStatus byVersion(ByteBuffer frame, int start, int end, ProbeEvent event) {
        if (end <= start) {
            return DecodeStatus.MALFORMED;
        }
        return switch (frame.get(start) >>> 4 & 0xF) {
            case 4 -> ipv4.decode(frame, start, end, event);
            case 6 -> ipv6.decode(frame, start, end, event);
            default -> DecodeStatus.MALFORMED;
        };
    }

    private static boolean isTag(int type) {
        return type == EtherType.CUSTOMER_TAG || type == EtherType.SERVICE_TAG || type == OLD_SERVICE_TAG;
    }
}
