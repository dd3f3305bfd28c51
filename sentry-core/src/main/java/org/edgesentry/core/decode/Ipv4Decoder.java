package org.edgesentry.core.decode;

import java.nio.ByteBuffer;
import org.edgesentry.core.net.AddressFamily;
import org.edgesentry.core.probe.ProbeEvent;

/**
 * Reads an IPv4 header (RFC 791, section 3.1).
 *
 * <pre>
 *  0               1               2               3
 * +-------+-------+---------------+-------------------------------+
 * |Version|  IHL  |Type of service|          Total length         |  0
 * +-------+-------+---------------+-----+-------------------------+
 * |         Identification        |x D M|     Fragment offset     |  4
 * +---------------+---------------+-----+-------------------------+
 * |  Time to live |    Protocol   |        Header checksum        |  8
 * +---------------+---------------+-------------------------------+
 * |                        Source address                         | 12
 * +---------------------------------------------------------------+
 * |                      Destination address                      | 16
 * +---------------------------------------------------------------+
 * |                 Options, up to IHL 32-bit words               | 20
 * </pre>
 *
 * <p>Thread: the decoder's.
 */
final class Ipv4Decoder {

    private static final int TOTAL_LENGTH = 2;
    private static final int IDENTIFICATION = 4;
    private static final int TIME_TO_LIVE = 8;
    private static final int PROTOCOL = 9;
    private static final int SOURCE = 12;
    private static final int DESTINATION = 16;
    private static final int MIN_HEADER_LENGTH = 20;
    private static final int MAX_PACKET_LENGTH = 65_535;

    private static final int MORE_FRAGMENTS = 0x2000;
    private static final int FRAGMENT_OFFSET = 0x1FFF;

    private final FragmentDecoder fragments;

    Ipv4Decoder(FragmentDecoder fragments) {
        this.fragments = fragments;
    }

    DecodeStatus decode(ByteBuffer frame, int start, int end, ProbeEvent event) {
        int captured = end - start;
        if (captured < MIN_HEADER_LENGTH) {
            return DecodeStatus.MALFORMED;
        }
        int first = frame.get(start) & 0xFF;
        int headerLength = (first & 0xF) * 4;
        int length = totalLength(frame, start, captured);
        if (first >>> 4 != 4 || headerLength < MIN_HEADER_LENGTH || headerLength > Math.min(length, captured)) {
            return DecodeStatus.MALFORMED;
        }
        event.family = AddressFamily.IPV4;
        event.sourceLo = frame.getInt(start + SOURCE) & 0xFFFF_FFFFL;
        event.destinationLo = frame.getInt(start + DESTINATION) & 0xFFFF_FFFFL;
        event.ttl = frame.get(start + TIME_TO_LIVE) & 0xFF;
        event.protocol = frame.get(start + PROTOCOL) & 0xFF;
        event.ipOptions = headerLength > MIN_HEADER_LENGTH;
        return payload(frame, start, headerLength, length, captured, event);
    }

    /** A sender that leaves segmentation to its card leaves 0 here: the packet is what was captured. */
    private static int totalLength(ByteBuffer frame, int start, int captured) {
        int length = frame.getShort(start + TOTAL_LENGTH) & 0xFFFF;
        return length == 0 ? captured : length;
    }

    private DecodeStatus payload(ByteBuffer frame, int start, int headerLength, int length, int captured,
            ProbeEvent event) {
        int word = frame.getInt(start + IDENTIFICATION);
        event.identity = word >>> 16;
        int at = start + headerLength;
        int end = start + Math.min(length, captured);
        if ((word & (MORE_FRAGMENTS | FRAGMENT_OFFSET)) == 0) {
            return TransportDecoder.decode(frame, event.protocol, at, end, length - headerLength, event);
        }
        int offset = (word & FRAGMENT_OFFSET) * 8;
        if (offset + length > MAX_PACKET_LENGTH || frame.getShort(start + TOTAL_LENGTH) == 0) {
            return DecodeStatus.MALFORMED;
        }
        return fragment(frame, at, end, length - headerLength, word, event);
    }

    private DecodeStatus fragment(ByteBuffer frame, int start, int end, int length, int word, ProbeEvent event) {
        int identification = word >>> 16;
        int offset = (word & FRAGMENT_OFFSET) * 8;
        if (offset > 0) {
            return fragments.later(frame, event.protocol, offset, start, end, length, identification, event);
        }
        if (length % 8 != 0) {
            // Linux cuts it to a multiple of eight and goes on (ip_frag_queue), so from eight on it can carry a probe.
            return length < 8
                    ? DecodeStatus.MALFORMED
                    : FragmentDecoder.evasion(frame, event.protocol, start, end, event);
        }
        return fragments.first(frame, event.protocol, start, end, length, identification, event);
    }
}
