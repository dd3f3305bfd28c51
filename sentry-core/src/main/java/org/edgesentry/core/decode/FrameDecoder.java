package org.edgesentry.core.decode;

import java.nio.ByteBuffer;
import org.edgesentry.core.hash.SipHash;
import org.edgesentry.core.probe.ProbeEvent;
import org.edgesentry.core.probe.Verdict;

/**
 * Reads one captured frame into the decoder's fields of a {@link ProbeEvent}: link layer, IPv4 or IPv6 with everything
 * between it and the transport header, then that header.
 *
 * <pre>
 *             +-- Ipv4Decoder --+---------------------+
 * LinkLayer --+                 +-- FragmentDecoder --+-- TransportDecoder
 *             +-- Ipv6Decoder --+---------------------+
 * </pre>
 *
 * <p>Whatever the bytes are, a decoder answers with a {@link DecodeStatus}: it throws nothing and allocates nothing.
 * It reads inside the given range only, and by absolute position, so that position and limit stay as they are. A range
 * that reaches beyond the buffer's limit ends there. Bytes behind the IP packet, Ethernet padding say, are not read.
 *
 * <p>A frame that the snap length cut is a packet as long as its headers were captured; a packet whose own lengths
 * contradict each other is {@link DecodeStatus#MALFORMED}. Checksums are not verified: with offloading, what a capture
 * sees is often not filled in yet.
 *
 * <p>Thread: one; each capture thread has its own, with its own table of fragments.
 */
public final class FrameDecoder {

    private final LinkLayer linkLayer;

    /** A decoder whose table of fragments is hashed with a random key. */
    public FrameDecoder() {
        this(SipHash.withRandomKey());
    }

    /** A decoder whose table of fragments is hashed with the given key, so that tests repeat. */
    public FrameDecoder(long key0, long key1) {
        this(new SipHash(key0, key1));
    }

    private FrameDecoder(SipHash hash) {
        FragmentDecoder fragments = new FragmentDecoder(new FragmentTable(hash));
        this.linkLayer = new LinkLayer(new Ipv4Decoder(fragments), new Ipv6Decoder(fragments));
    }

    /**
     * Reads a frame from its link layer on.
     *
     * @param link what the frame begins with
     * @param frame heap or direct, big endian
     * @param offset where the frame begins
     * @param length number of bytes captured, which may be fewer than were on the wire
     * @param event cleared, with {@code epochNanos} set; gets the decoder's fields, and the verdict when malformed
     */
    public DecodeStatus decode(LinkType link, ByteBuffer frame, int offset, int length, ProbeEvent event) {
        return judged(linkLayer.decode(link, frame, offset, end(frame, offset, length), event), event);
    }

    /**
     * Reads a packet whose link layer is already gone, as a cooked packet socket hands it over.
     *
     * @param etherType what the packet begins with; for a VLAN type it begins with the tag control information
     * @param frame heap or direct, big endian
     * @param offset where the packet begins
     * @param length number of bytes captured, which may be fewer than were on the wire
     * @param event cleared, with {@code epochNanos} set; gets the decoder's fields, and the verdict when malformed
     */
    public DecodeStatus decodeNetwork(int etherType, ByteBuffer frame, int offset, int length, ProbeEvent event) {
        return judged(linkLayer.network(etherType, frame, offset, end(frame, offset, length), event), event);
    }

    /** Where reading has to stop; at or before the offset when there is nothing to read. */
    private static int end(ByteBuffer frame, int offset, int length) {
        return offset < 0 || length < 0 ? offset : offset + Math.min(length, frame.limit() - offset);
    }

    private static DecodeStatus judged(DecodeStatus status, ProbeEvent event) {
        if (status == DecodeStatus.MALFORMED) {
            event.verdict = Verdict.MALFORMED;
        }
        return status;
    }
}
