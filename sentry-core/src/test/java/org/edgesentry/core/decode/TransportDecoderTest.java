package org.edgesentry.core.decode;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.edgesentry.core.frames.FrameBuilder;
import org.edgesentry.core.net.TcpFlags;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TransportDecoderTest {

    private static final String FOUR = "PACKET 192.0.2.7 > 198.51.100.1 ";
    private static final String SIX = "PACKET 2001:db8::7 > 2001:db8:1::1 ";
    /** Where the transport header begins behind IPv4, and behind IPv6. */
    private static final int AT4 = 20;
    private static final int AT6 = 40;

    private final Decoding decoding = new Decoding();

    private static FrameBuilder four() {
        return FrameBuilder.raw().ipv4("192.0.2.7", "198.51.100.1");
    }

    private static FrameBuilder six() {
        return FrameBuilder.raw().ipv6("2001:db8::7", "2001:db8:1::1");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 0x29, 0x3F, 0xC2, 0x1FF, 0xFFF})
    void decode_tcp_hasAllTwelveFlagBits(int flags) {
        decoding.raw(four().tcp(40000, 22, flags).bytes());

        assertThat(decoding.event.tcpFlags).isEqualTo(flags);
        assertThat(decoding.event.tcpWindow).isEqualTo(1024);
    }

    @Test
    void decode_ports_areUnsignedAndMayBeZero() {
        assertThat(decoding.raw(four().tcp(65535, 65535, 2).bytes()))
                .isEqualTo(FOUR + "TCP 65535>65535 flags=2 window=1024");
        assertThat(decoding.raw(four().tcp(0, 0, 2).bytes())).isEqualTo(FOUR + "TCP flags=2 window=1024");
        assertThat(decoding.raw(four().udp(0, 65535).bytes())).isEqualTo(FOUR + "UDP 0>65535");
    }

    @ParameterizedTest
    @CsvSource({"0x00, MALFORMED", "0x40, MALFORMED", "0x50, PACKET", "0x60, PACKET", "0x70, MALFORMED",
        "0xF0, MALFORMED"})
    void decode_tcpDataOffset_isHeldAgainstTheLength(int offsetByte, String status) {
        byte[] frame = four().tcp(40000, 22, TcpFlags.SYN).payload(4).set(AT4 + 12, offsetByte).bytes();

        assertThat(decoding.raw(frame)).startsWith(status);
    }

    @Test
    void decode_udp_isRead() {
        assertThat(decoding.raw(four().udp(5353, 161).payload(40).bytes())).isEqualTo(FOUR + "UDP 5353>161");
        assertThat(decoding.raw(six().udp(5353, 161).bytes())).isEqualTo(SIX + "UDP 5353>161");
    }

    @ParameterizedTest
    @CsvSource({"7, MALFORMED", "8, PACKET", "11, PACKET", "12, PACKET", "13, MALFORMED", "65535, MALFORMED"})
    void decode_udpLength_isHeldAgainstTheIpPayload(int length, String status) {
        int[] bytes = {length >>> 8, length};

        assertThat(decoding.raw(four().udp(5353, 161).payload(4).set(AT4 + 4, bytes).bytes())).startsWith(status);
        assertThat(decoding.raw(six().udp(5353, 161).payload(4).set(AT6 + 4, bytes).bytes())).startsWith(status);
    }

    @Test
    void decode_udpLengthZero_isGoodOverIpv6Only() {
        assertThat(decoding.raw(four().udp(5353, 161).set(AT4 + 4, 0, 0).bytes())).isEqualTo("MALFORMED");
        assertThat(decoding.raw(six().udp(5353, 161).set(AT6 + 4, 0, 0).bytes())).isEqualTo(SIX + "UDP 5353>161");
    }

    @Test
    void decode_sctp_hasTypeOfFirstChunk() {
        assertThat(decoding.raw(four().sctp(5000, 2905, 1).bytes())).isEqualTo(FOUR + "SCTP 5000>2905 type=1/0");
        assertThat(decoding.raw(six().sctp(5000, 2905, 10).bytes())).isEqualTo(SIX + "SCTP 5000>2905 type=10/0");
        assertThat(decoding.raw(four().protocol(132, new byte[12]).bytes())).isEqualTo("MALFORMED");
    }

    @Test
    void decode_icmpOfTheOwnFamily_hasTypeAndCode() {
        assertThat(decoding.raw(four().icmp(8, 0).bytes())).isEqualTo(FOUR + "ICMP type=8/0");
        assertThat(decoding.raw(four().icmp(3, 13).bytes())).isEqualTo(FOUR + "ICMP type=3/13");
        assertThat(decoding.raw(six().icmpv6(128, 0).bytes())).isEqualTo(SIX + "ICMPv6 type=128/0");
        assertThat(decoding.raw(four().protocol(1, new byte[7]).bytes())).isEqualTo("MALFORMED");
    }

    @Test
    void decode_icmpOfTheOtherFamily_isAnyProtocol() {
        assertThat(decoding.raw(four().icmpv6(128, 0).bytes())).isEqualTo(FOUR + "ICMPv6");
        assertThat(decoding.raw(six().icmp(8, 0).bytes())).isEqualTo(SIX + "ICMP");
    }

    @Test
    void icmpError_saysWhichPacketItIsAbout() {
        byte[] sent = FrameBuilder.raw().ipv4("198.51.100.1", "192.0.2.9").udp(40000, 53).bytes();
        decoding.raw(four().icmp(3, 3).payload(sent).bytes());
        assertThat(decoding.event.quotedProtocol).isEqualTo(17);
        assertThat(decoding.event.quotedLo).isEqualTo(0xC000_0209L);
        assertThat(decoding.event.quotedSourcePort).isEqualTo(40_000);
        assertThat(decoding.event.quotedDestinationPort).isEqualTo(53);
        for (int length = 0; length < sent.length; length++) {
            assertThat(decoding.raw(four().icmp(3, 3).payload(Arrays.copyOf(sent, length)).bytes()))
                    .startsWith("PACKET");
        }
    }

    @Test
    void identity_retransmission_isEqual() {
        assertThat(identity(four().tcp(40000, 22, 2).set(4, 0, 1))).isEqualTo(identity(four().tcp(40000, 22, 2)));
        assertThat(identity(four().udp(40000, 53).set(4, 0, 1))).isEqualTo(identity(four().udp(40000, 53)));
        assertThat(identity(four().sctp(5000, 1, 1).set(4, 0, 1))).isEqualTo(identity(four().sctp(5000, 1, 1)));
    }

    @Test
    void identity_anotherProbe_isDifferent() {
        assertThat(identity(four().tcp(40001, 22, 2))).isNotEqualTo(identity(four().tcp(40000, 22, 2)));
        assertThat(identity(four().tcp(40000, 22, 2).set(AT4 + 7, 1)))
                .isNotEqualTo(identity(four().tcp(40000, 22, 2)));
        assertThat(identity(four().udp(40000, 53).set(AT4 + 6, 7))).isNotEqualTo(identity(four().udp(40000, 53)));
        assertThat(identity(four().sctp(5000, 1, 1).set(AT4 + 16, 1))).isNotEqualTo(identity(four().sctp(5000, 1, 1)));
        assertThat(identity(four().icmp(8, 0).set(AT4 + 7, 10))).isNotEqualTo(identity(four().icmp(8, 0)));
        assertThat(identity(four().protocol(47).set(4, 0, 1))).isNotEqualTo(identity(four().protocol(47)));
    }

    private int identity(FrameBuilder frame) {
        assertThat(decoding.raw(frame.bytes())).startsWith("PACKET");
        return decoding.event.identity;
    }
}
