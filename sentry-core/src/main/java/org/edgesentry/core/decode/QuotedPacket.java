package org.edgesentry.core.decode;

import java.nio.ByteBuffer;
import org.edgesentry.core.net.AddressFamily;
import org.edgesentry.core.net.IpProtocol;
import org.edgesentry.core.probe.ProbeEvent;

/**
 * Reads from an ICMP error which packet it is about. The error brings that packet's beginning back to whoever sent it:
 * its header and at least eight bytes behind that (RFC 792), or as much as fits (RFC 4443, section 3).
 *
 * <p>Whatever is missing or does not fit leaves the event as it was: the error is then about nothing that is known.
 *
 * <p>Thread: any; keeps nothing.
 */
final class QuotedPacket {

    private static final int IPV4_MIN_LENGTH = 20;
    private static final int IPV4_FRAGMENT = 6;
    private static final int IPV4_OFFSET = 0x1FFF;
    private static final int IPV4_PROTOCOL = 9;
    private static final int IPV4_DESTINATION = 16;
    private static final int IPV6_LENGTH = 40;
    private static final int IPV6_NEXT_HEADER = 6;
    private static final int IPV6_DESTINATION = 24;

    private QuotedPacket() {
    }

    static void read(ByteBuffer frame, int start, int end, ProbeEvent event) {
        if (event.family == AddressFamily.IPV4) {
            readIpv4(frame, start, end, event);
        } else {
            readIpv6(frame, start, end, event);
        }
    }

    private static void readIpv4(ByteBuffer frame, int start, int end, ProbeEvent event) {
        if (end - start < IPV4_MIN_LENGTH || frame.get(start) >>> 4 != 4) {
            return;
        }
        boolean first = (frame.getShort(start + IPV4_FRAGMENT) & IPV4_OFFSET) == 0;
        event.quotedLo = frame.getInt(start + IPV4_DESTINATION) & 0xFFFF_FFFFL;
        int at = start + (frame.get(start) & 0xF) * 4;
        transport(frame, frame.get(start + IPV4_PROTOCOL) & 0xFF, at, first ? end : at, event);
    }

    private static void readIpv6(ByteBuffer frame, int start, int end, ProbeEvent event) {
        if (end - start < IPV6_LENGTH || (frame.get(start) & 0xF0) != 0x60) {
            return;
        }
        event.quotedHi = frame.getLong(start + IPV6_DESTINATION);
        event.quotedLo = frame.getLong(start + IPV6_DESTINATION + Long.BYTES);
        transport(frame, frame.get(start + IPV6_NEXT_HEADER) & 0xFF, start + IPV6_LENGTH, end, event);
    }

    private static void transport(ByteBuffer frame, int protocol, int at, int end, ProbeEvent event) {
        event.quotedProtocol = protocol;
        boolean hasPorts = protocol == IpProtocol.TCP || protocol == IpProtocol.UDP || protocol == IpProtocol.SCTP;
        if (hasPorts && end - at >= Integer.BYTES) {
            event.quotedSourcePort = frame.getShort(at) & 0xFFFF;
            event.quotedDestinationPort = frame.getShort(at + Short.BYTES) & 0xFFFF;
        }
    }
}
