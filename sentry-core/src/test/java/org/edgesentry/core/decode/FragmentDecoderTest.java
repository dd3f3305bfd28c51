package org.edgesentry.core.decode;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.edgesentry.core.frames.FrameBuilder;
import org.edgesentry.core.net.TcpFlags;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Fragments as scanners send them: the first decides, split headers are joined, tricks are called by their name. */
class FragmentDecoderTest {

    private static final int TCP = 6;
    private static final int UDP = 17;
    private static final int SCTP = 132;
    private static final String FOUR = " 192.0.2.7 > 198.51.100.1 ";
    private static final String SIX = " 2001:db8::7 > 2001:db8:1::1 ";
    private static final String SYN = "TCP 40000>22 flags=2 window=1024";
    private static final byte[] TCP_SYN = FrameBuilder.raw().tcp(40000, 22, TcpFlags.SYN).payload(20).bytes();
    private static final byte[] TCP_RST_TO_80 = FrameBuilder.raw().tcp(40000, 80, TcpFlags.RST).bytes();
    private static final byte[] SCTP_INIT = FrameBuilder.raw().sctp(5000, 2905, 1).bytes();

    private final Decoding decoding = new Decoding();

    private String four(int protocol, byte[] packet, int from, int to) {
        return four(protocol, packet, from, to, to < packet.length);
    }

    private String four(int protocol, byte[] packet, int from, int to, boolean more) {
        return decoding.raw(FrameBuilder.raw().ipv4Fragment("192.0.2.7", "198.51.100.1", 9, from, more)
                .protocol(protocol, Arrays.copyOfRange(packet, from, to)).bytes());
    }

    private String six(int protocol, byte[] packet, int from, int to) {
        return decoding.raw(FrameBuilder.raw().ipv6("2001:db8::7", "2001:db8:1::1")
                .fragment(9, from, to < packet.length)
                .protocol(protocol, Arrays.copyOfRange(packet, from, to)).bytes());
    }

    @ParameterizedTest
    @ValueSource(ints = {16, 24, 32})
    void decode_firstFragmentWithTheFlags_decides(int length) {
        assertThat(four(TCP, TCP_SYN, 0, length)).isEqualTo("PACKET" + FOUR + SYN);
        assertThat(four(TCP, TCP_SYN, length, 40)).isEqualTo("LATER_FRAGMENT" + FOUR + "TCP");
        assertThat(six(TCP, TCP_SYN, 0, length)).isEqualTo("PACKET" + SIX + SYN);
        assertThat(six(TCP, TCP_SYN, length, 40)).isEqualTo("LATER_FRAGMENT" + SIX + "TCP");
    }

    @Test
    void decode_laterFragment_isNeverReadAsHeader() {
        byte[] looksLikeSyn = new byte[64];
        System.arraycopy(TCP_SYN, 0, looksLikeSyn, 24, 20);

        assertThat(four(TCP, looksLikeSyn, 24, 64)).isEqualTo("LATER_FRAGMENT" + FOUR + "TCP");
    }

    @Test
    void decode_splitTcpHeader_isJoined() {
        assertThat(four(TCP, TCP_SYN, 0, 8)).isEqualTo("FRAGMENT_HELD" + FOUR + "TCP");
        assertThat(four(TCP, TCP_SYN, 8, 16)).isEqualTo("PACKET" + FOUR + SYN);
        assertThat(four(TCP, TCP_SYN, 16, 24)).isEqualTo("LATER_FRAGMENT" + FOUR + "TCP");
        assertThat(six(TCP, TCP_SYN, 0, 8)).isEqualTo("FRAGMENT_HELD" + SIX + "TCP");
        assertThat(six(TCP, TCP_SYN, 8, 40)).isEqualTo("PACKET" + SIX + SYN);
    }

    @Test
    void decode_splitTcpHeaderInReverseOrder_isJoined() {
        assertThat(four(TCP, TCP_SYN, 16, 40)).isEqualTo("LATER_FRAGMENT" + FOUR + "TCP");
        assertThat(four(TCP, TCP_SYN, 8, 16)).isEqualTo("FRAGMENT_HELD" + FOUR + "TCP");
        assertThat(four(TCP, TCP_SYN, 0, 8)).isEqualTo("PACKET" + FOUR + SYN);
        assertThat(six(TCP, TCP_SYN, 8, 16)).isEqualTo("FRAGMENT_HELD" + SIX + "TCP");
        assertThat(six(TCP, TCP_SYN, 0, 8)).isEqualTo("PACKET" + SIX + SYN);
    }

    @Test
    void decode_splitSctpHeader_isJoined() {
        assertThat(four(SCTP, SCTP_INIT, 0, 8)).startsWith("FRAGMENT_HELD");
        assertThat(four(SCTP, SCTP_INIT, 8, 32)).isEqualTo("PACKET" + FOUR + "SCTP 5000>2905 type=1/0");
    }

    @Test
    void decode_joinedPacket_hasIdentityOfTheWholeOne() {
        decoding.raw(FrameBuilder.raw().ipv4("192.0.2.7", "198.51.100.1").tcp(40000, 22, TcpFlags.SYN).bytes());
        int whole = decoding.event.identity;
        four(TCP, TCP_SYN, 0, 8);
        four(TCP, TCP_SYN, 8, 16);

        assertThat(decoding.event.identity).isEqualTo(whole);
    }

    @Test
    void decode_optionsOfTheHeldFragment_areReportedWithThePacket() {
        decoding.raw(FrameBuilder.raw().ipv6("2001:db8::7", "2001:db8:1::1").extension(60, 8)
                .fragment(9, 0, true).protocol(TCP, Arrays.copyOf(TCP_SYN, 8)).bytes());

        assertThat(six(TCP, TCP_SYN, 8, 16)).isEqualTo("PACKET" + SIX + SYN + " options");
    }

    @Test
    void decode_ipv6LaterFragmentNamesAnotherProtocol_isJoinedAllTheSame() {
        six(TCP, TCP_SYN, 0, 8);

        assertThat(six(UDP, TCP_SYN, 8, 16)).isEqualTo("PACKET" + SIX + SYN);
    }

    @Test
    void decode_udpAndIcmp_needNoJoining() {
        byte[] udp = FrameBuilder.raw().udp(5353, 161).payload(100).bytes();
        byte[] icmp = FrameBuilder.raw().icmp(8, 0).payload(100).bytes();

        assertThat(four(UDP, udp, 0, 8)).isEqualTo("PACKET" + FOUR + "UDP 5353>161");
        assertThat(four(UDP, udp, 8, 108)).isEqualTo("LATER_FRAGMENT" + FOUR + "UDP");
        assertThat(four(1, icmp, 0, 8)).isEqualTo("PACKET" + FOUR + "ICMP type=8/0");
        assertThat(four(47, udp, 0, 8)).isEqualTo("PACKET" + FOUR + "IP-47");
    }

    @Test
    void decode_sameHalfTwice_isADuplicate() {
        assertThat(four(TCP, TCP_SYN, 0, 8)).startsWith("FRAGMENT_HELD");
        assertThat(four(TCP, TCP_SYN, 0, 8)).startsWith("FRAGMENT_HELD");
        assertThat(four(TCP, TCP_SYN, 8, 16)).isEqualTo("PACKET" + FOUR + SYN);
    }

    @Test
    void decode_twoHeads_isEvasionOfUnknownPort() {
        assertThat(four(TCP, TCP_SYN, 0, 8)).startsWith("FRAGMENT_HELD");
        assertThat(four(TCP, TCP_RST_TO_80, 0, 8)).isEqualTo("PACKET" + FOUR + "TCP evasion");
        assertThat(four(TCP, TCP_SYN, 8, 16)).isEqualTo("LATER_FRAGMENT" + FOUR + "TCP");
        assertThat(four(TCP, TCP_SYN, 0, 8)).isEqualTo("PACKET" + FOUR + "TCP 40000>22 evasion");
    }

    @Test
    void decode_wholeHeaderOverAHalf_isEvasion() {
        assertThat(four(TCP, TCP_SYN, 0, 8)).startsWith("FRAGMENT_HELD");
        assertThat(four(TCP, TCP_RST_TO_80, 0, 16)).isEqualTo("PACKET" + FOUR + "TCP evasion");
        assertThat(six(TCP, TCP_SYN, 8, 16)).startsWith("FRAGMENT_HELD");
        assertThat(six(TCP, TCP_RST_TO_80, 0, 16)).isEqualTo("PACKET" + SIX + "TCP 40000>80 evasion");
    }

    @Test
    void decode_twoRests_isEvasion() {
        assertThat(four(TCP, TCP_SYN, 8, 16)).startsWith("FRAGMENT_HELD");
        assertThat(four(TCP, TCP_RST_TO_80, 8, 16)).isEqualTo("PACKET" + FOUR + "TCP evasion");
        assertThat(four(TCP, TCP_SYN, 0, 8)).isEqualTo("PACKET" + FOUR + "TCP 40000>22 evasion");
    }

    /** Some tools give all packets one number. */
    @Test
    void decode_packetsWithTheSameNumber_areReadOneByOne() {
        byte[] toPort80 = FrameBuilder.raw().tcp(40000, 80, TcpFlags.SYN).bytes();
        four(TCP, TCP_SYN, 0, 8);
        four(TCP, TCP_SYN, 8, 16);

        assertThat(four(TCP, toPort80, 0, 8)).isEqualTo("PACKET" + FOUR + "TCP 40000>80 flags=2 window=1024");
        assertThat(four(TCP, toPort80, 8, 16)).isEqualTo("LATER_FRAGMENT" + FOUR + "TCP");
    }

    /** RFC 3128: the first fragment shows a harmless header, the second one overwrites its flags. */
    @Test
    void decode_flagsOverwritten_isEvasion() {
        assertThat(four(TCP, TCP_RST_TO_80, 0, 16)).isEqualTo("PACKET" + FOUR + "TCP 40000>80 flags=4 window=1024");
        assertThat(four(TCP, TCP_SYN, 8, 40)).isEqualTo("PACKET" + FOUR + "TCP 40000>80 evasion");
    }

    @Test
    void decode_firstFragmentRepeated_isThePacketAgain() {
        assertThat(four(TCP, TCP_SYN, 0, 24)).isEqualTo("PACKET" + FOUR + SYN);
        assertThat(four(TCP, TCP_SYN, 0, 24)).isEqualTo("PACKET" + FOUR + SYN);
        assertThat(four(TCP, TCP_RST_TO_80, 0, 16)).isEqualTo("PACKET" + FOUR + "TCP 40000>80 flags=4 window=1024");
    }

    @Test
    void decode_restTooShort_isNotWaitedFor() {
        assertThat(four(TCP, TCP_SYN, 0, 8)).startsWith("FRAGMENT_HELD");
        assertThat(four(TCP, TCP_SYN, 8, 12, false)).startsWith("LATER_FRAGMENT");
        assertThat(four(TCP, TCP_SYN, 8, 16)).isEqualTo("PACKET" + FOUR + SYN);
    }

    @Test
    void decode_joinedHeaderWithImpossibleDataOffset_isMalformed() {
        byte[] packet = TCP_SYN.clone();
        packet[12] = 0x40;
        four(TCP, packet, 0, 8);

        assertThat(four(TCP, packet, 8, 16)).isEqualTo("MALFORMED");
    }

    @ParameterizedTest
    @CsvSource({"0, 'PACKET 192.0.2.7 > 198.51.100.1 TCP evasion'", "1, MALFORMED", "7, MALFORMED",
        "9, 'PACKET 192.0.2.7 > 198.51.100.1 TCP 40000>22 evasion'",
        "20, 'PACKET 192.0.2.7 > 198.51.100.1 TCP 40000>22 evasion'"})
    void decode_ipv4FirstFragmentOfOddLength_isEvasionWhenAHostMayTakeIt(int length, String expected) {
        assertThat(four(TCP, TCP_SYN, 0, length)).isEqualTo(expected);
    }

    @Test
    void decode_ipv4SecondHalfOfOddLength_isJoined() {
        four(TCP, TCP_SYN, 0, 8);

        assertThat(four(TCP, TCP_SYN, 8, 21)).isEqualTo("PACKET" + FOUR + SYN);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 9, 20})
    void decode_ipv6FragmentOfOddLength_isMalformed(int length) {
        assertThat(six(TCP, TCP_SYN, 0, length)).isEqualTo("MALFORMED");
        assertThat(six(TCP, TCP_SYN, 8, 8 + length)).isEqualTo("MALFORMED");
    }

    @Test
    void decode_fragmentBeyondTheLongestPacket_isMalformed() {
        byte[] packet = new byte[65_600];

        assertThat(four(TCP, packet, 65_528, 65_536, false)).isEqualTo("MALFORMED");
        assertThat(six(TCP, packet, 65_528, 65_600)).isEqualTo("MALFORMED");
        assertThat(four(TCP, packet, 65_504, 65_515, false)).startsWith("LATER_FRAGMENT");
    }

    @Test
    void decode_halvesOfDifferentPackets_areNotJoined() {
        four(TCP, TCP_SYN, 0, 8);

        assertThat(secondHalf("192.0.2.7", "198.51.100.1", 10, TCP)).startsWith("FRAGMENT_HELD");
        assertThat(secondHalf("192.0.2.8", "198.51.100.1", 9, TCP)).startsWith("FRAGMENT_HELD");
        assertThat(secondHalf("192.0.2.7", "198.51.100.2", 9, TCP)).startsWith("FRAGMENT_HELD");
        assertThat(secondHalf("192.0.2.7", "198.51.100.1", 9, SCTP)).startsWith("FRAGMENT_HELD");
        assertThat(secondHalf("192.0.2.7", "198.51.100.1", 9, TCP)).startsWith("PACKET");
    }

    private String secondHalf(String source, String destination, int identification, int protocol) {
        return decoding.raw(FrameBuilder.raw().ipv4Fragment(source, destination, identification, 8, true)
                .protocol(protocol, Arrays.copyOfRange(TCP_SYN, 8, 16)).bytes());
    }

    @Test
    void decode_halfCutBySnapLength_isMalformed() {
        byte[] first = FrameBuilder.raw().ipv4Fragment("192.0.2.7", "198.51.100.1", 9, 0, true)
                .protocol(TCP, Arrays.copyOf(TCP_SYN, 24)).cut(20 + 15);

        assertThat(decoding.raw(first)).isEqualTo("MALFORMED");
    }

    /** RFC 7112: the first fragment ends before the transport header, or inside it behind other headers. */
    @Test
    void decode_ipv6HeaderChainLeavesTheFirstFragment_isEvasion() {
        FrameBuilder options = FrameBuilder.raw().ipv6("2001:db8::7", "2001:db8:1::1").fragment(9, 0, true);
        assertThat(decoding.raw(options.protocol(60, new byte[] {6, 0, 0, 0, 0, 0, 0, 0}).bytes()))
                .isEqualTo("PACKET" + SIX + "TCP options evasion");

        FrameBuilder longOptions = FrameBuilder.raw().ipv6("2001:db8::7", "2001:db8:1::1").fragment(9, 0, true);
        assertThat(decoding.raw(longOptions.protocol(60, new byte[] {6, 1, 0, 0, 0, 0, 0, 0}).bytes()))
                .isEqualTo("PACKET" + SIX + "IP-60 options evasion");

        FrameBuilder half = FrameBuilder.raw().ipv6("2001:db8::7", "2001:db8:1::1").fragment(9, 0, true);
        assertThat(decoding.raw(half.extension(60, 8).protocol(TCP, Arrays.copyOf(TCP_SYN, 8)).bytes()))
                .isEqualTo("PACKET" + SIX + "TCP 40000>22 options evasion");
    }

    @Test
    void decode_ipv6FragmentInsideAFragment_isEvasion() {
        FrameBuilder nested = FrameBuilder.raw().ipv6("2001:db8::7", "2001:db8:1::1")
                .fragment(9, 0, true).fragment(10, 0, true).protocol(TCP, Arrays.copyOf(TCP_SYN, 16));

        assertThat(decoding.raw(nested.bytes())).isEqualTo("PACKET" + SIX + "IP-44 evasion");
    }

    @Test
    void decode_ipv6FirstFragmentWithWholeChain_decides() {
        FrameBuilder first = FrameBuilder.raw().ipv6("2001:db8::7", "2001:db8:1::1").fragment(9, 0, true)
                .extension(60, 8).protocol(TCP, Arrays.copyOf(TCP_SYN, 24));

        assertThat(decoding.raw(first.bytes())).isEqualTo("PACKET" + SIX + SYN + " options");
    }
}
