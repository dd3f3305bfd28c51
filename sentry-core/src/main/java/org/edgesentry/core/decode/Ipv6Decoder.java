package org.edgesentry.core.decode;

import java.nio.ByteBuffer;
import org.edgesentry.core.limits.Limits;
import org.edgesentry.core.net.AddressFamily;
import org.edgesentry.core.probe.ProbeEvent;

/**
 * Reads an IPv6 header (RFC 8200, section 3) and the extension headers behind it.
 *
 * <pre>
 *  0               1               2               3
 * +-------+---------------+---------------------------------------+
 * |Version| Traffic class |              Flow label               |  0
 * +-------+---------------+-------+---------------+---------------+
 * |         Payload length        |  Next header  |   Hop limit   |  4
 * +-------------------------------+---------------+---------------+
 * |                    Source address, 16 bytes                   |  8
 * +---------------------------------------------------------------+
 * |                 Destination address, 16 bytes                 | 24
 * +---------------------------------------------------------------+
 *
 * Fragment header (section 4.5)
 * +---------------+---------------+-------------------------+---+-+
 * |  Next header  |    Reserved   |     Fragment offset     |Res|M|  0
 * +---------------+---------------+-------------------------+---+-+
 * |                        Identification                         |  4
 * +---------------------------------------------------------------+
 * </pre>
 *
 * <p>Thread: the decoder's.
 */
final class Ipv6Decoder {

    private static final int PAYLOAD_LENGTH = 4;
    private static final int NEXT_HEADER = 6;
    private static final int HOP_LIMIT = 7;
    private static final int SOURCE = 8;
    private static final int DESTINATION = 24;
    private static final int HEADER_LENGTH = 40;
    private static final int MAX_PAYLOAD_LENGTH = 65_535;

    private static final int FRAGMENT_OFFSET = 2;
    private static final int FRAGMENT_IDENTIFICATION = 4;
    private static final int OFFSET_BITS = 0xFFF8;
    private static final int MORE_FRAGMENTS = 1;

    private final FragmentDecoder fragments;
    private final ExtensionChain chain = new ExtensionChain();
    private int chainStart;

    Ipv6Decoder(FragmentDecoder fragments) {
        this.fragments = fragments;
    }

    DecodeStatus decode(ByteBuffer frame, int start, int end, ProbeEvent event) {
        int captured = end - start - HEADER_LENGTH;
        if (captured < 0 || (frame.get(start) & 0xF0) != 0x60) {
            return DecodeStatus.MALFORMED;
        }
        event.family = AddressFamily.IPV6;
        event.sourceHi = frame.getLong(start + SOURCE);
        event.sourceLo = frame.getLong(start + SOURCE + Long.BYTES);
        event.destinationHi = frame.getLong(start + DESTINATION);
        event.destinationLo = frame.getLong(start + DESTINATION + Long.BYTES);
        event.ttl = frame.get(start + HOP_LIMIT) & 0xFF;
        int next = frame.get(start + NEXT_HEADER) & 0xFF;
        event.protocol = next;
        int length = payloadLength(frame, start, next, captured);
        int at = start + HEADER_LENGTH;
        int payloadEnd = at + Math.min(length, captured);
        if (!ExtensionChain.isExtension(next)) {
            return TransportDecoder.decode(frame, next, at, payloadEnd, length, event);
        }
        chainStart = at;
        chain.begin(next, at, length);
        return extended(frame, payloadEnd, event);
    }

    /** A jumbogram (RFC 2675) says 0 and begins with hop-by-hop options: the packet is what was captured. */
    private static int payloadLength(ByteBuffer frame, int start, int next, int captured) {
        int length = frame.getShort(start + PAYLOAD_LENGTH) & 0xFFFF;
        return length == 0 && next == ExtensionChain.HOP_BY_HOP ? captured : length;
    }

    /** Reads a packet from its first extension header on. */
    private DecodeStatus extended(ByteBuffer frame, int end, ProbeEvent event) {
        while (true) {
            ExtensionChain.Stop stop = chain.advance(frame, end, event);
            if (stop == ExtensionChain.Stop.TRANSPORT) {
                return TransportDecoder.decode(frame, chain.next, chain.at, end, chain.length, event);
            }
            if (stop != ExtensionChain.Stop.FRAGMENT) {
                return unread(stop, end, event);
            }
            int offsetAndMore = frame.getShort(chain.at + FRAGMENT_OFFSET) & (OFFSET_BITS | MORE_FRAGMENTS);
            if (offsetAndMore != 0) {
                return fragment(frame, end, offsetAndMore, event);
            }
            // A whole packet in a single fragment (RFC 6946): the header means nothing.
            chain.skipFragmentHeader(frame);
        }
    }

    /**
     * More headers than anybody needs hide the transport header, be they too many or too long for what is captured. A
     * short capture that ends among the headers proves nothing.
     */
    private DecodeStatus unread(ExtensionChain.Stop stop, int end, ProbeEvent event) {
        boolean tooLong = stop == ExtensionChain.Stop.CUT && end - chainStart >= Limits.EXTENSION_BYTES;
        return tooLong || stop == ExtensionChain.Stop.TOO_MANY
                ? FragmentDecoder.evasion(event)
                : DecodeStatus.MALFORMED;
    }

    private DecodeStatus fragment(ByteBuffer frame, int end, int offsetAndMore, ProbeEvent event) {
        int identification = frame.getInt(chain.at + FRAGMENT_IDENTIFICATION);
        chain.skipFragmentHeader(frame);
        int offset = offsetAndMore & OFFSET_BITS;
        boolean ragged = (offsetAndMore & MORE_FRAGMENTS) != 0 && chain.length % 8 != 0;
        if (ragged || offset + chain.length > MAX_PAYLOAD_LENGTH) {
            return DecodeStatus.MALFORMED;
        }
        return offset == 0
                ? firstFragment(frame, end, identification, event)
                : fragments.later(frame, chain.next, offset, chain.at, end, chain.length, identification, event);
    }

    /** A first fragment must hold all headers (RFC 7112); one that does not is built to hide them. */
    private DecodeStatus firstFragment(ByteBuffer frame, int end, int identification, ProbeEvent event) {
        int fragmentStart = chain.at;
        ExtensionChain.Stop stop = chain.advance(frame, end, event);
        if (stop == ExtensionChain.Stop.CUT) {
            return unread(stop, end, event);
        }
        if (stop != ExtensionChain.Stop.TRANSPORT) {
            return FragmentDecoder.evasion(event);
        }
        // Only a header that begins the fragment is continued at offset 8, where its other half is looked for.
        boolean joinable = chain.at == fragmentStart;
        return joinable || chain.length >= TransportDecoder.decisiveLength(chain.next)
                ? fragments.first(frame, chain.next, chain.at, end, chain.length, identification, event)
                : FragmentDecoder.evasion(frame, chain.next, chain.at, end, event);
    }
}
