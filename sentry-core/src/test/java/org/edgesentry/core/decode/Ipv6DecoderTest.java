package org.edgesentry.core.decode;

import static org.assertj.core.api.Assertions.assertThat;

import org.edgesentry.core.frames.FrameBuilder;
import org.edgesentry.core.limits.Limits;
import org.edgesentry.core.net.TcpFlags;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class Ipv6DecoderTest {

    private static final String ADDRESSES = "PACKET 2001:db8::7 > 2001:db8:1::1 ";
    private static final String SYN = ADDRESSES + "TCP 40000>22 flags=2 window=1024";

    private final Decoding decoding = new Decoding();

    private static FrameBuilder packet() {
        return FrameBuilder.raw().ipv6("2001:db8::7", "2001:db8:1::1");
    }

    private static FrameBuilder syn(FrameBuilder packet) {
        return packet.tcp(40000, 22, TcpFlags.SYN);
    }

    @ParameterizedTest
    @CsvSource({"0, 8", "0, 264", "43, 24", "60, 8", "60, 2048", "135, 16", "139, 40", "140, 8",
        "51, 8", "51, 12", "51, 24", "51, 28"})
    void decode_extensionHeader_isSteppedOverByItsOwnUnit(int number, int bytes) {
        assertThat(decoding.raw(syn(packet().extension(number, bytes)).bytes())).isEqualTo(SYN + " options");
    }

    @Test
    void decode_allExtensionHeadersInARow_areSteppedOver() {
        FrameBuilder frame = packet().extension(0, 16).extension(60, 8).extension(43, 24).fragment(1, 0, false)
                .extension(51, 24).extension(60, 32).extension(135, 8).extension(139, 40).extension(140, 8);

        assertThat(decoding.raw(syn(frame).bytes())).isEqualTo(SYN + " options");
    }

    @ParameterizedTest
    @ValueSource(ints = {50, 59, 253, 254, 255, 1, 4, 41, 47})
    void decode_headerThatIsNoExtension_endsTheChain(int number) {
        FrameBuilder frame = packet().extension(60, 8).protocol(number, new byte[] {6, 0, 0, 0, 0, 0, 0, 0});
        String name = number == 1 ? "ICMP" : "IP-" + number;

        assertThat(decoding.raw(syn(frame).bytes())).isEqualTo(ADDRESSES + name + " options");
    }

    @Test
    void decode_moreHeadersThanAnybodyNeeds_isEvasion() {
        FrameBuilder most = packet();
        for (int i = 0; i < Limits.EXTENSION_HEADERS; i++) {
            most.extension(60, 8);
        }
        FrameBuilder tooMany = packet();
        for (int i = 0; i <= Limits.EXTENSION_HEADERS; i++) {
            tooMany.extension(60, 8);
        }

        assertThat(decoding.raw(syn(most).bytes())).isEqualTo(SYN + " options");
        assertThat(decoding.raw(syn(tooMany).bytes())).isEqualTo(ADDRESSES + "IP-60 options evasion");
    }

    @Test
    void decode_atomicFragments_areWholePackets() {
        assertThat(decoding.raw(syn(packet().fragment(1, 0, false)).bytes())).isEqualTo(SYN);
        assertThat(decoding.raw(syn(packet().fragment(1, 0, false).fragment(2, 0, false)).bytes())).isEqualTo(SYN);
        assertThat(decoding.raw(syn(packet().fragment(1, 0, false).extension(60, 8)).bytes()))
                .isEqualTo(SYN + " options");
    }

    @Test
    void decode_atomicFragmentWithShortTransport_isMalformed() {
        byte[] frame = packet().fragment(1, 0, false).protocol(6, new byte[8]).bytes();

        assertThat(decoding.raw(frame)).isEqualTo("MALFORMED");
    }

    @Test
    void decode_jumbogram_readsToTheEndOfTheCapture() {
        assertThat(decoding.raw(syn(packet().extension(0, 8)).payload(3000).set(4, 0, 0).bytes()))
                .isEqualTo(SYN + " options");
    }

    @Test
    void decode_payloadLengthZeroWithoutHopByHop_isMalformed() {
        assertThat(decoding.raw(syn(packet()).set(4, 0, 0).bytes())).isEqualTo("MALFORMED");
        assertThat(decoding.raw(syn(packet().extension(60, 8)).set(4, 0, 0).bytes())).isEqualTo("MALFORMED");
    }

    @Test
    void decode_extensionHeaderBeyondThePacket_isMalformed() {
        assertThat(decoding.raw(syn(packet().extension(60, 8)).set(41, 9).bytes())).isEqualTo("MALFORMED");
        assertThat(decoding.raw(packet().protocol(60, new byte[] {6, 0, 0, 0}).trailer(40).bytes()))
                .isEqualTo("MALFORMED");
    }

    @Test
    void decode_padding_isNotRead() {
        assertThat(decoding.raw(syn(packet()).trailer(30).bytes())).isEqualTo(SYN);
        assertThat(decoding.raw(syn(packet()).set(4, 0, 12).bytes())).isEqualTo("MALFORMED");
    }

    @Test
    void decode_cutBySnapLength_isPacketWhileHeadersAreThere() {
        FrameBuilder frame = syn(packet().extension(60, 16)).payload(1000);

        assertThat(decoding.raw(frame.cut(40 + 16 + 16))).isEqualTo(SYN + " options");
        assertThat(decoding.raw(frame.cut(40 + 16 + 13))).isEqualTo("MALFORMED");
        assertThat(decoding.raw(frame.cut(40 + 9))).isEqualTo("MALFORMED");
        assertThat(decoding.raw(frame.cut(39))).isEqualTo("MALFORMED");
    }

    @Test
    void decode_extensionHeadersLongerThanWhatIsCaptured_isAnEvasion() {
        FrameBuilder frame = syn(packet().extension(60, 800));

        assertThat(decoding.raw(frame.cut(40 + 400))).startsWith("PACKET").endsWith("evasion");
        assertThat(decoding.raw(frame.cut(40 + 100))).isEqualTo("MALFORMED");
    }

    @Test
    void decode_wrongVersion_isMalformed() {
        assertThat(decoding.network(0x86DD, syn(packet()).set(0, 0x40).bytes())).isEqualTo("MALFORMED");
    }
}
