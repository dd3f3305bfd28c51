package org.edgesentry.core.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.stream.Stream;
import org.edgesentry.core.frames.FrameBuilder;
import org.edgesentry.core.net.TcpFlags;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class Ipv4DecoderTest {

    private static final String SYN = "PACKET 192.0.2.7 > 198.51.100.1 TCP 40000>22 flags=2 window=1024";

    private final Decoding decoding = new Decoding();

    private static FrameBuilder packet() {
        return FrameBuilder.raw().ipv4("192.0.2.7", "198.51.100.1");
    }

    private static FrameBuilder syn() {
        return packet().tcp(40000, 22, TcpFlags.SYN);
    }

    @ParameterizedTest
    @ValueSource(ints = {4, 20, 40})
    void decode_options_areSteppedOverAndReported(int optionBytes) {
        byte[] frame = FrameBuilder.raw().ipv4("192.0.2.7", "198.51.100.1", optionBytes)
                .tcp(40000, 22, TcpFlags.SYN).bytes();

        assertThat(decoding.raw(frame)).isEqualTo(SYN + " options");
    }

    @Test
    void decode_highAddresses_areUnsigned() {
        decoding.raw(FrameBuilder.raw().ipv4("255.255.255.255", "224.0.0.1").udp(1, 2).bytes());

        assertThat(decoding.event.sourceLo).isEqualTo(0xFFFF_FFFFL);
        assertThat(decoding.event.sourceHi).isZero();
        assertThat(decoding.event.destinationLo).isEqualTo(0xE000_0001L);
    }

    static Stream<Arguments> lies() {
        return Stream.of(
                arguments("version 5", syn().set(0, 0x55)),
                arguments("header of 4 words", syn().set(0, 0x44)),
                arguments("header longer than the packet", syn().set(0, 0x4B)),
                arguments("header longer than the total length", packet().payload(40).set(0, 0x4F).set(2, 0, 40)),
                arguments("total length below the header", syn().set(2, 0, 19)),
                arguments("total length without room for TCP", syn().set(2, 0, 39)),
                arguments("total length without transport", syn().set(2, 0, 20).payload(26)),
                arguments("ping of death", FrameBuilder.raw()
                        .ipv4Fragment("192.0.2.7", "198.51.100.1", 9, 65_528, false).protocol(1).payload(100)),
                arguments("fragment without length", FrameBuilder.raw()
                        .ipv4Fragment("192.0.2.7", "198.51.100.1", 9, 0, true).protocol(6).payload(24).set(2, 0, 0)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("lies")
    void decode_lengthsThatContradict_isMalformed(String name, FrameBuilder frame) {
        assertThat(decoding.raw(frame.bytes())).isEqualTo("MALFORMED");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 6, 100})
    void decode_padding_isNotRead(int padding) {
        assertThat(decoding.raw(syn().trailer(padding).bytes())).isEqualTo(SYN);
        assertThat(decoding.raw(packet().protocol(6).trailer(40).bytes())).isEqualTo("MALFORMED");
    }

    @Test
    void decode_cutBySnapLength_isPacketWhileHeadersAreThere() {
        FrameBuilder frame = syn().payload(1000);

        assertThat(decoding.raw(frame.cut(64))).isEqualTo(SYN);
        assertThat(decoding.raw(frame.cut(36))).isEqualTo(SYN);
        assertThat(decoding.raw(frame.cut(34))).isEqualTo(SYN.replace(" window=1024", ""));
        assertThat(decoding.raw(frame.cut(33))).isEqualTo("MALFORMED");
        assertThat(decoding.raw(frame.cut(20))).isEqualTo("MALFORMED");
    }

    @Test
    void decode_totalLengthZero_readsToTheEndOfTheCapture() {
        assertThat(decoding.raw(syn().payload(3000).set(2, 0, 0).bytes())).isEqualTo(SYN);
        assertThat(decoding.raw(packet().protocol(6).set(2, 0, 0).bytes())).isEqualTo("MALFORMED");
    }

    @Test
    void decode_reservedAndDontFragmentBits_areNoFragment() {
        assertThat(decoding.raw(syn().set(6, 0xC0, 0).bytes())).isEqualTo(SYN);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 2, 41, 47, 50, 51, 59, 89, 253, 255})
    void decode_otherProtocol_isReportedByNumber(int protocol) {
        byte[] frame = packet().protocol(protocol, new byte[] {9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9}).bytes();

        assertThat(decoding.raw(frame)).isEqualTo("PACKET 192.0.2.7 > 198.51.100.1 IP-" + protocol);
        assertThat(decoding.raw(packet().protocol(protocol).bytes()))
                .isEqualTo("PACKET 192.0.2.7 > 198.51.100.1 IP-" + protocol);
    }
}
