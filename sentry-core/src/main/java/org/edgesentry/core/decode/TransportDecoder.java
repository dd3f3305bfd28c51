package org.edgesentry.core.decode;

import java.nio.ByteBuffer;
import org.edgesentry.core.net.AddressFamily;
import org.edgesentry.core.net.IcmpType;
import org.edgesentry.core.net.IpProtocol;
import org.edgesentry.core.probe.ProbeEvent;

/**
 * Reads the header behind IP. The first 16 bytes hold all that a probe is judged by; they are read as two longs,
 * {@code head} and {@code rest}, which is also how pieces of them wait in the {@link FragmentTable}.
 *
 * <pre>
 * TCP (RFC 9293, section 3.1)
 * +-------------------------------+-------------------------------+
 * |          Source port          |       Destination port        |  0  head
 * +-------------------------------+-------------------------------+
 * |                        Sequence number                        |  4
 * +---------------------------------------------------------------+
 * |                    Acknowledgment number                      |  8  rest
 * +-------+-----------------------+-------------------------------+
 * |Offset | 12 reserved and flags |            Window             | 12
 * +-------+-----------------------+-------------------------------+
 * |            Checksum           |         Urgent pointer        | 16
 * +-------------------------------+-------------------------------+
 *
 * UDP (RFC 768)                                                         SCTP (RFC 9260, section 3)
 * +-------------------------------+-------------------------------+     ports                          0
 * |          Source port          |       Destination port        |  0  verification tag               4
 * +-------------------------------+-------------------------------+     checksum                       8
 * |             Length            |            Checksum           |  4  chunk type, flags, length     12
 * +-------------------------------+-------------------------------+     in INIT: initiate tag         16
 *
 * ICMP (RFC 792), ICMPv6 (RFC 4443)
 * +---------------+---------------+-------------------------------+
 * |      Type     |      Code     |            Checksum           |  0
 * +---------------+---------------+-------------------------------+
 * |          in echo: identifier, sequence number                 |  4
 * +---------------------------------------------------------------+
 * </pre>
 *
 * <p>In all methods {@code end - start} is what may be read, and {@code length} what the IP header says there is. The
 * second is greater when the capture was cut, never smaller.
 *
 * <p>Thread: any; keeps nothing.
 */
final class TransportDecoder {

    /** The length of a packet of which only the first fragment is known. */
    static final int UNKNOWN_LENGTH = Integer.MAX_VALUE;
    /** Bytes in {@code head}; all of a UDP or ICMP header. */
    static final int HEAD_LENGTH = 8;
    /** Bytes in {@code head} and {@code rest}. */
    static final int HEAD_AND_REST_LENGTH = 16;

    private static final int TCP_MIN_LENGTH = 20;
    /** Where the flags end. Of IPv6 over Ethernet, captures of 68 bytes keep just that: once tcpdump's default. */
    private static final int FLAGS_END = 14;
    private static final int TCP_FLAG_BITS = 0x0FFF;
    private static final int SCTP_INIT = 1;
    private static final int SCTP_INITIATE_TAG = 16;

    private TransportDecoder() {
    }

    static DecodeStatus decode(ByteBuffer frame, int protocol, int start, int end, int length, ProbeEvent event) {
        event.protocol = protocol;
        return switch (protocol) {
            case IpProtocol.TCP -> tcp(frame, start, end, length, event);
            case IpProtocol.UDP -> udp(frame, start, end, length, event);
            case IpProtocol.SCTP -> sctp(frame, start, end, event);
            case IpProtocol.ICMP, IpProtocol.ICMPV6 -> icmp(frame, start, end, event);
            default -> DecodeStatus.PACKET;
        };
    }

    /** How many bytes of this header have to be known to judge a probe by it: 0, 8 or 16. */
    static int decisiveLength(int protocol) {
        return switch (protocol) {
            case IpProtocol.TCP, IpProtocol.SCTP -> HEAD_AND_REST_LENGTH;
            case IpProtocol.UDP, IpProtocol.ICMP, IpProtocol.ICMPV6 -> HEAD_LENGTH;
            default -> 0;
        };
    }

    /** Reads a TCP or SCTP header that came in two pieces. */
    static DecodeStatus join(int protocol, long head, long rest, ProbeEvent event) {
        event.protocol = protocol;
        if (protocol == IpProtocol.TCP) {
            return tcp(head, rest, UNKNOWN_LENGTH, event);
        }
        sctp(head, rest, event);
        return DecodeStatus.PACKET;
    }

    /** Reads from the first eight bytes what they hold, for a packet of which no more can be trusted. */
    static void headOnly(int protocol, long head, ProbeEvent event) {
        event.identity = mix((int) head, (int) (head >>> 32));
        if (protocol == IpProtocol.TCP || protocol == IpProtocol.UDP || protocol == IpProtocol.SCTP) {
            ports(head, event);
        }
    }

    private static DecodeStatus tcp(ByteBuffer frame, int start, int end, int length, ProbeEvent event) {
        if (end - start >= HEAD_AND_REST_LENGTH) {
            return tcp(frame.getLong(start), frame.getLong(start + HEAD_LENGTH), length, event);
        }
        if (end - start < FLAGS_END) {
            return DecodeStatus.MALFORMED;
        }
        long rest = (long) frame.getInt(start + HEAD_LENGTH) << 32
                | (frame.getShort(start + FLAGS_END - Short.BYTES) & 0xFFFFL) << 16;
        return tcp(frame.getLong(start), rest, length, event);
    }

    private static DecodeStatus tcp(long head, long rest, int length, ProbeEvent event) {
        int headerLength = (int) (rest >>> 28 & 0xF) * 4;
        if (headerLength < TCP_MIN_LENGTH || headerLength > length) {
            return DecodeStatus.MALFORMED;
        }
        ports(head, event);
        event.tcpFlags = (int) (rest >>> 16) & TCP_FLAG_BITS;
        event.tcpWindow = (int) rest & 0xFFFF;
        event.payloadLength = length == UNKNOWN_LENGTH ? -1 : length - headerLength;
        event.identity = mix((int) head, event.sourcePort);
        return DecodeStatus.PACKET;
    }

    private static DecodeStatus udp(ByteBuffer frame, int start, int end, int length, ProbeEvent event) {
        if (end - start < HEAD_LENGTH) {
            return DecodeStatus.MALFORMED;
        }
        long head = frame.getLong(start);
        int datagramLength = (int) head >>> 16;
        // Over IPv6 zero means "to the end", for jumbograms (RFC 2675, section 4); Linux takes it from any packet.
        boolean toTheEnd = datagramLength == 0 && event.family == AddressFamily.IPV6;
        if (datagramLength > length || datagramLength < HEAD_LENGTH && !toTheEnd) {
            return DecodeStatus.MALFORMED;
        }
        ports(head, event);
        event.identity = mix((int) head, event.sourcePort);
        event.payloadLength = (toTheEnd ? length : datagramLength) - HEAD_LENGTH;
        event.answerPayload = isAnswer(frame, start + HEAD_LENGTH, end, event);
        return DecodeStatus.PACKET;
    }

    /** From a port to the same port both ends are servers, so there the payload must say that it is an answer. */
    private static boolean isAnswer(ByteBuffer frame, int start, int end, ProbeEvent event) {
        return AnswerPayload.isAnswer(frame, event.sourcePort, start, end)
                || event.sourcePort != event.destinationPort
                && AnswerPayload.isUnknown(frame, event.sourcePort, start, end);
    }

    private static DecodeStatus sctp(ByteBuffer frame, int start, int end, ProbeEvent event) {
        if (end - start < HEAD_AND_REST_LENGTH) {
            return DecodeStatus.MALFORMED;
        }
        sctp(frame.getLong(start), frame.getLong(start + HEAD_LENGTH), event);
        if (event.messageType == SCTP_INIT && end - start >= SCTP_INITIATE_TAG + Integer.BYTES) {
            event.identity = mix(frame.getInt(start + SCTP_INITIATE_TAG), event.sourcePort);
        }
        return DecodeStatus.PACKET;
    }

    private static void sctp(long head, long rest, ProbeEvent event) {
        ports(head, event);
        event.messageType = (int) (rest >>> 24) & 0xFF;
        event.identity = mix((int) head, event.sourcePort);
    }

    /** A message of the other family's ICMP is not one: to this family it is just some protocol. */
    private static DecodeStatus icmp(ByteBuffer frame, int start, int end, ProbeEvent event) {
        if (event.protocol == IpProtocol.ICMP != (event.family == AddressFamily.IPV4)) {
            return DecodeStatus.PACKET;
        }
        if (end - start < HEAD_LENGTH) {
            return DecodeStatus.MALFORMED;
        }
        long head = frame.getLong(start);
        event.messageType = (int) (head >>> 56);
        event.messageCode = (int) (head >>> 48) & 0xFF;
        event.identity = mix((int) head, (int) (head >>> 32));
        if (IcmpType.role(event.family, event.messageType) == IcmpType.Role.ERROR) {
            QuotedPacket.read(frame, start + HEAD_LENGTH, end, event);
        }
        return DecodeStatus.PACKET;
    }

    private static void ports(long head, ProbeEvent event) {
        event.sourcePort = (int) (head >>> 48);
        event.destinationPort = (int) (head >>> 32) & 0xFFFF;
    }

    /** Two numbers in one, such that neighbours differ (the odd constant is 2^32 by the golden ratio). */
    private static int mix(int a, int b) {
        return a * 0x9E37_79B1 + b;
    }
}
