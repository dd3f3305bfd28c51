package org.edgesentry.core.decode;

import java.nio.ByteBuffer;
import org.edgesentry.core.limits.Limits;
import org.edgesentry.core.probe.ProbeEvent;

/**
 * A place in the chain of IPv6 extension headers, which moves on over all that neither ends the chain nor splits it.
 *
 * <pre>
 * options, routing, mobility, HIP, shim6 (RFC 6564)    (length + 1) * 8 bytes
 * +---------------+---------------+-------------------------------+
 * |  Next header  |     Length    |              ...              |
 * +---------------+---------------+-------------------------------+
 *
 * authentication header (RFC 4302)                     (length + 2) * 4 bytes
 * </pre>
 *
 * <p>Encrypted payload (50), no next header (59), the numbers for experiments (253, 254) and whatever else is not named
 * here end the chain: what follows cannot be read, and the number is the packet's protocol (RFC 7045).
 *
 * <p>Thread: the decoder's; used again for each packet.
 */
final class ExtensionChain {

    static final int HOP_BY_HOP = 0;
    private static final int ROUTING = 43;
    private static final int FRAGMENT = 44;
    private static final int AUTHENTICATION = 51;
    private static final int DESTINATION_OPTIONS = 60;
    private static final int MOBILITY = 135;
    private static final int HIP = 139;
    private static final int SHIM6 = 140;

    private static final int MIN_LENGTH = 8;

    /**
     * Why the chain did not go on.
     *
     * <pre>
     * TRANSPORT   at a header that is no extension
     * FRAGMENT    at a fragment header, all of which can be read
     * ENDLESS     a header reaches beyond the packet, or this fragment of it
     * CUT         a header reaches beyond what was captured
     * TOO_MANY    more headers than anybody needs, to tire whoever reads them
     * </pre>
     */
    enum Stop { TRANSPORT, FRAGMENT, ENDLESS, CUT, TOO_MANY }

    /** Number of the header at {@code at}. */
    int next;
    /** Where that header begins. */
    int at;
    /** Bytes from there to the end of the packet, as the IP header says. */
    int length;

    private int headers;

    static boolean isExtension(int number) {
        return switch (number) {
            case HOP_BY_HOP, ROUTING, FRAGMENT, AUTHENTICATION, DESTINATION_OPTIONS, MOBILITY, HIP, SHIM6 -> true;
            default -> false;
        };
    }

    void begin(int firstHeader, int firstAt, int payloadLength) {
        next = firstHeader;
        at = firstAt;
        length = payloadLength;
        headers = 0;
    }

    /** Goes on to the next fragment header or to the end of the chain. */
    Stop advance(ByteBuffer frame, int end, ProbeEvent event) {
        while (isExtension(next)) {
            event.protocol = next;
            if (length < MIN_LENGTH) {
                return Stop.ENDLESS;
            }
            if (end - at < MIN_LENGTH) {
                return Stop.CUT;
            }
            if (++headers > Limits.EXTENSION_HEADERS) {
                return Stop.TOO_MANY;
            }
            if (next == FRAGMENT) {
                return Stop.FRAGMENT;
            }
            event.ipOptions = true;
            int headerLength = headerLength(frame);
            if (headerLength > length) {
                return Stop.ENDLESS;
            }
            if (headerLength > end - at) {
                return Stop.CUT;
            }
            step(frame, headerLength);
        }
        return Stop.TRANSPORT;
    }

    /** Steps over the fragment header that stopped the chain. */
    void skipFragmentHeader(ByteBuffer frame) {
        step(frame, MIN_LENGTH);
    }

    private int headerLength(ByteBuffer frame) {
        int units = frame.get(at + 1) & 0xFF;
        return next == AUTHENTICATION ? (units + 2) * 4 : (units + 1) * 8;
    }

    private void step(ByteBuffer frame, int bytes) {
        next = frame.get(at) & 0xFF;
        at += bytes;
        length -= bytes;
    }
}
