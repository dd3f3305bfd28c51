package org.edgesentry.core.frames;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Builds frames for tests, layer by layer from the outside in. Lengths and next-header numbers come out right;
 * {@link #set} and {@link #cut} make them wrong again. Checksums stay 0.
 *
 * <pre>{@code
 * byte[] syn = FrameBuilder.ethernet().tag(0x8100, 7)
 *         .ipv4("192.0.2.7", "198.51.100.1")
 *         .tcp(40000, 22, TcpFlags.SYN)
 *         .bytes();
 * }</pre>
 *
 * <p>Thread: one.
 */
public final class FrameBuilder {

    private final List<Layer> layers = new ArrayList<>();
    private final List<Change> changes = new ArrayList<>();
    private byte[] payload = {};
    private byte[] trailer = {};

    /** A header that knows what is behind it only when the frame is put together. */
    record Layer(int number, Header header) {
    }

    /** Writes a header, given the number of what follows it and how many bytes follow. */
    interface Header {
        byte[] bytes(int nextNumber, int payloadLength);
    }

    private record Change(int at, int[] values) {
    }

    private FrameBuilder() {
    }

    /** A frame that begins with an Ethernet header. */
    public static FrameBuilder ethernet() {
        return new FrameBuilder().add(0, (next, length) -> Headers.ethernet(next));
    }

    /** A frame that begins with a Linux cooked header. */
    public static FrameBuilder sll() {
        return new FrameBuilder().add(0, (next, length) -> Headers.sll(next));
    }

    /** A frame that begins with a Linux cooked header of the second version. */
    public static FrameBuilder sll2() {
        return new FrameBuilder().add(0, (next, length) -> Headers.sll2(next));
    }

    /** A frame that begins with an address family. */
    public static FrameBuilder loopback(int family, ByteOrder order) {
        return new FrameBuilder().add(0, (next, length) ->
                ByteBuffer.allocate(4).order(order).putInt(family).array());
    }

    /** A frame that begins with its IP packet. */
    public static FrameBuilder raw() {
        return new FrameBuilder();
    }

    /** A VLAN tag. */
    public FrameBuilder tag(int type, int vlan) {
        return add(type, (next, length) -> Headers.shorts(vlan, next));
    }

    /** An 802.3 length in place of the Ethernet type, and LLC and SNAP behind it. */
    public FrameBuilder snap(int vendor) {
        layers.set(0, new Layer(0, (next, length) -> Headers.ethernet(length)));
        return add(0, (next, length) -> Headers.snap(vendor, next));
    }

    /** An IPv4 header. */
    public FrameBuilder ipv4(String source, String destination) {
        return ipv4(source, destination, 0, 0);
    }

    /** An IPv4 header with options. */
    public FrameBuilder ipv4(String source, String destination, int optionBytes) {
        return ipv4(source, destination, optionBytes, 0);
    }

    /** An IPv4 header of a fragment. */
    public FrameBuilder ipv4Fragment(String source, String destination, int identification, int offset,
            boolean more) {
        return ipv4(source, destination, 0, identification << 16 | (more ? 0x2000 : 0) | offset / 8);
    }

    private FrameBuilder ipv4(String source, String destination, int optionBytes, int fragmentWord) {
        return add(0x0800, (next, length) ->
                Headers.ipv4(source, destination, optionBytes, fragmentWord, next, length));
    }

    /** An IPv6 header. */
    public FrameBuilder ipv6(String source, String destination) {
        return add(0x86DD, (next, length) -> Headers.ipv6(source, destination, next, length));
    }

    /** An IPv6 extension header of this many bytes, a multiple of eight (of four for 51, authentication). */
    public FrameBuilder extension(int number, int bytes) {
        return add(number, (next, length) -> {
            byte[] header = new byte[bytes];
            header[0] = (byte) next;
            header[1] = (byte) (number == 51 ? bytes / 4 - 2 : bytes / 8 - 1);
            return header;
        });
    }

    /** An IPv6 fragment header. */
    public FrameBuilder fragment(int identification, int offset, boolean more) {
        return add(44, (next, length) -> ByteBuffer.allocate(8)
                .put((byte) next).put((byte) 0).putShort((short) (offset | (more ? 1 : 0)))
                .putInt(identification).array());
    }

    /** A TCP header: sequence number 1000, window 1024. */
    public FrameBuilder tcp(int sourcePort, int destinationPort, int flags) {
        return add(6, (next, length) -> Headers.tcp(sourcePort, destinationPort, flags));
    }

    /** A UDP header. */
    public FrameBuilder udp(int sourcePort, int destinationPort) {
        return add(17, (next, length) -> Headers.shorts(sourcePort, destinationPort, length + 8, 0));
    }

    /** An SCTP header with one chunk of 20 bytes, verification tag 0 and initiate tag 77. */
    public FrameBuilder sctp(int sourcePort, int destinationPort, int chunkType) {
        return add(132, (next, length) -> Headers.sctp(sourcePort, destinationPort, chunkType));
    }

    /** An ICMP header. */
    public FrameBuilder icmp(int type, int code) {
        return add(1, (next, length) -> Headers.shorts(type << 8 | code, 0, 5, 9));
    }

    /** An ICMPv6 header. */
    public FrameBuilder icmpv6(int type, int code) {
        return add(58, (next, length) -> Headers.shorts(type << 8 | code, 0, 5, 9));
    }

    /** The next header has this number and these bytes: a piece of a packet, or nothing that has a name. */
    public FrameBuilder protocol(int number, byte... bytes) {
        return add(number, (next, length) -> bytes);
    }

    /** What the innermost header carries. */
    public FrameBuilder payload(int length) {
        byte[] filler = new byte[length];
        Arrays.fill(filler, (byte) 0xAA);
        return payload(filler);
    }

    /** Bytes behind the last header. */
    public FrameBuilder payload(byte[] bytes) {
        payload = bytes;
        return this;
    }

    /** Bytes behind the packet, as Ethernet pads short ones. */
    public FrameBuilder trailer(int length) {
        trailer = new byte[length];
        Arrays.fill(trailer, (byte) 0xEE);
        return this;
    }

    /** Overwrites bytes of the finished frame; a negative position counts from its end. */
    public FrameBuilder set(int at, int... values) {
        changes.add(new Change(at, values));
        return this;
    }

    private FrameBuilder add(int number, Header header) {
        layers.add(new Layer(number, header));
        return this;
    }

    /** The frame. */
    public byte[] bytes() {
        byte[] frame = payload;
        int next = 59;
        for (int i = layers.size() - 1; i >= 0; i--) {
            Layer layer = layers.get(i);
            frame = join(layer.header().bytes(next, frame.length), frame);
            next = layer.number();
        }
        frame = join(frame, trailer);
        for (Change change : changes) {
            int at = change.at() < 0 ? frame.length + change.at() : change.at();
            for (int i = 0; i < change.values().length; i++) {
                frame[at + i] = (byte) change.values()[i];
            }
        }
        return frame;
    }

    /** The first bytes of the frame, as a capture with this snap length has them. */
    public byte[] cut(int snapLength) {
        return Arrays.copyOf(bytes(), snapLength);
    }

    private static byte[] join(byte[] first, byte[] second) {
        ByteArrayOutputStream joined = new ByteArrayOutputStream();
        joined.writeBytes(first);
        joined.writeBytes(second);
        return joined.toByteArray();
    }
}
