package org.edgesentry.core.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.nio.ByteOrder;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.stream.Stream;
import org.edgesentry.core.frames.FrameBuilder;
import org.edgesentry.core.net.TcpFlags;
import org.edgesentry.core.probe.Verdict;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What stands before the IP packet makes no difference to what is read from it. */
class LinkLayerTest {

    private static final String SYN4 = "PACKET 192.0.2.7 > 198.51.100.1 TCP 40000>22 flags=2 window=1024";
    private static final String SYN6 = "PACKET 2001:db8::7 > 2001:db8:1::1 TCP 40000>22 flags=2 window=1024";

    private final Decoding decoding = new Decoding();

    static Stream<Arguments> links() {
        return Stream.of(
                arguments("Ethernet", LinkType.ETHERNET, FrameBuilder.ethernet()),
                arguments("802.1Q", LinkType.ETHERNET, FrameBuilder.ethernet().tag(0x8100, 7)),
                arguments("802.1ad", LinkType.ETHERNET, FrameBuilder.ethernet().tag(0x88A8, 7).tag(0x8100, 8)),
                arguments("QinQ", LinkType.ETHERNET, FrameBuilder.ethernet().tag(0x9100, 7).tag(0x8100, 8)),
                arguments("8 tags", LinkType.ETHERNET, tags(8)),
                arguments("SNAP", LinkType.ETHERNET, FrameBuilder.ethernet().snap(0)),
                arguments("802.1H", LinkType.ETHERNET, FrameBuilder.ethernet().snap(0xF8)),
                arguments("SLL", LinkType.LINUX_SLL, FrameBuilder.sll()),
                arguments("SLL with tag", LinkType.LINUX_SLL, FrameBuilder.sll().tag(0x8100, 7)),
                arguments("SLL2", LinkType.LINUX_SLL2, FrameBuilder.sll2()),
                arguments("SLL2 with tag", LinkType.LINUX_SLL2, FrameBuilder.sll2().tag(0x8100, 7)),
                arguments("raw", LinkType.RAW, FrameBuilder.raw()));
    }

    private static FrameBuilder tags(int number) {
        FrameBuilder frame = FrameBuilder.ethernet();
        for (int i = 0; i < number; i++) {
            frame.tag(0x8100, i);
        }
        return frame;
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("links")
    void decode_ipv4BehindAnyLink_isRead(String name, LinkType link, FrameBuilder frame) {
        byte[] bytes = frame.ipv4("192.0.2.7", "198.51.100.1").tcp(40000, 22, TcpFlags.SYN).bytes();

        assertThat(decoding.decode(link, bytes)).isEqualTo(SYN4);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("links")
    void decode_ipv6BehindAnyLink_isRead(String name, LinkType link, FrameBuilder frame) {
        byte[] bytes = frame.ipv6("2001:db8::7", "2001:db8:1::1").tcp(40000, 22, TcpFlags.SYN).bytes();

        assertThat(decoding.decode(link, bytes)).isEqualTo(SYN6);
    }

    @ParameterizedTest
    @CsvSource({"2, 4", "10, 6", "24, 6", "28, 6", "30, 6"})
    void decode_loopbackFamilyInEitherByteOrder_isRead(int family, int version) {
        for (ByteOrder order : new ByteOrder[] {ByteOrder.LITTLE_ENDIAN, ByteOrder.BIG_ENDIAN}) {
            FrameBuilder frame = FrameBuilder.loopback(family, order);
            byte[] bytes = (version == 4
                    ? frame.ipv4("192.0.2.7", "198.51.100.1")
                    : frame.ipv6("2001:db8::7", "2001:db8:1::1")).tcp(40000, 22, TcpFlags.SYN).bytes();

            assertThat(decoding.decode(LinkType.NULL, bytes)).isEqualTo(version == 4 ? SYN4 : SYN6);
            assertThat(decoding.decode(LinkType.LOOP, bytes)).isEqualTo(version == 4 ? SYN4 : SYN6);
        }
    }

    @Test
    void decode_linkOfOneVersion_readsThatVersionOnly() {
        byte[] four = FrameBuilder.raw().ipv4("192.0.2.7", "198.51.100.1").tcp(40000, 22, TcpFlags.SYN).bytes();
        byte[] six = FrameBuilder.raw().ipv6("2001:db8::7", "2001:db8:1::1").tcp(40000, 22, TcpFlags.SYN).bytes();

        assertThat(decoding.decode(LinkType.IPV4, four)).isEqualTo(SYN4);
        assertThat(decoding.decode(LinkType.IPV6, six)).isEqualTo(SYN6);
        assertThat(decoding.decode(LinkType.IPV4, six)).isEqualTo("MALFORMED");
        assertThat(decoding.decode(LinkType.IPV6, four)).isEqualTo("MALFORMED");
    }

    @Test
    void decode_llcWithoutSnap_readsIpv4() {
        byte[] frame = FrameBuilder.ethernet().protocol(60, new byte[] {6, 6, 3})
                .ipv4("192.0.2.7", "198.51.100.1").tcp(40000, 22, TcpFlags.SYN).bytes();

        assertThat(decoding.ethernet(frame)).isEqualTo(SYN4);
    }

    @Test
    void decodeNetwork_payloadOfCookedRing_isRead() {
        byte[] packet = FrameBuilder.raw().ipv4("192.0.2.7", "198.51.100.1").tcp(40000, 22, TcpFlags.SYN).bytes();
        byte[] tagged = FrameBuilder.ethernet().tag(0x8100, 7)
                .ipv4("192.0.2.7", "198.51.100.1").tcp(40000, 22, TcpFlags.SYN).bytes();
        byte[] behindType = Arrays.copyOfRange(tagged, 14, tagged.length);

        assertThat(decoding.network(0x0800, packet)).isEqualTo(SYN4);
        assertThat(decoding.network(0x8100, behindType)).isEqualTo(SYN4);
        assertThat(decoding.network(0x86DD, packet)).isEqualTo("MALFORMED");
        assertThat(decoding.network(0x0806, packet)).isEqualTo("NOT_IP");
    }

    @Test
    void decode_pppoe_readsWhatIsInIt() {
        byte[] packet = FrameBuilder.ethernet().protocol(0x8864, pppoe(0x0021)).bytes();
        assertThat(decoding.ethernet(packet)).isEqualTo(SYN4);
        byte[] echo = FrameBuilder.ethernet().protocol(0x8864, pppoe(0xC021)).bytes();
        assertThat(decoding.ethernet(echo)).isEqualTo("NOT_IP");
        assertThat(decoding.ethernet(FrameBuilder.ethernet().protocol(0x8864, new byte[7]).bytes()))
                .isEqualTo("MALFORMED");
    }

    @Test
    void decode_mpls_readsWhatIsBehindTheLastLabel() {
        assertThat(decoding.ethernet(mpls(0, 1))).isEqualTo(SYN4);
        assertThat(decoding.ethernet(mpls(1))).isEqualTo(SYN4);
        assertThat(decoding.ethernet(mpls(0, 0, 0, 0, 0, 0, 0, 0, 0, 1))).isEqualTo("MALFORMED");
    }

    private static byte[] pppoe(int protocol) {
        byte[] packet = FrameBuilder.raw().ipv4("192.0.2.7", "198.51.100.1").tcp(40000, 22, TcpFlags.SYN).bytes();
        return ByteBuffer.allocate(8 + packet.length).putShort((short) 0x1100).putShort((short) 1)
                .putShort((short) (packet.length + 2)).putShort((short) protocol).put(packet).array();
    }

    private static byte[] mpls(int... bottom) {
        byte[] packet = FrameBuilder.raw().ipv4("192.0.2.7", "198.51.100.1").tcp(40000, 22, TcpFlags.SYN).bytes();
        ByteBuffer labels = ByteBuffer.allocate(4 * bottom.length + packet.length);
        for (int last : bottom) {
            labels.putInt(0x0001_0040 | last << 8);
        }
        return FrameBuilder.ethernet().protocol(0x8847, labels.put(packet).array()).bytes();
    }

    @ParameterizedTest
    @ValueSource(ints = {0x0806, 0x88CC, 0x8863, 0x8848, 0xFFFF, 0x0600, 38, 0})
    void decode_otherEtherType_isNotIp(int type) {
        byte[] frame = FrameBuilder.ethernet().protocol(type, new byte[46]).bytes();

        assertThat(decoding.ethernet(frame)).isEqualTo("NOT_IP");
        assertThat(decoding.event.verdict).isEqualTo(Verdict.UNJUDGED);
    }

    @Test
    void decode_spanningTree_isNotIp() {
        byte[] frame = FrameBuilder.ethernet().protocol(38, new byte[] {0x42, 0x42, 3}).payload(43).bytes();

        assertThat(decoding.ethernet(frame)).isEqualTo("NOT_IP");
    }

    @Test
    void decode_unknownLoopbackFamily_isNotIp() {
        byte[] frame = FrameBuilder.loopback(7, ByteOrder.LITTLE_ENDIAN).payload(40).bytes();

        assertThat(decoding.decode(LinkType.NULL, frame)).isEqualTo("NOT_IP");
    }

    @Test
    void decode_tagsWithoutEnd_isMalformed() {
        assertThat(decoding.ethernet(tags(9).ipv4("192.0.2.7", "198.51.100.1").udp(1, 2).bytes()))
                .isEqualTo("MALFORMED");
        assertThat(decoding.event.verdict).isEqualTo(Verdict.MALFORMED);
    }

    @ParameterizedTest
    @CsvSource({"ETHERNET, 13", "LINUX_SLL, 15", "LINUX_SLL2, 19", "NULL, 3", "LOOP, 3", "RAW, 0", "ETHERNET, 0"})
    void decode_linkHeaderCut_isMalformed(LinkType link, int length) {
        assertThat(decoding.decode(link, new byte[length])).isEqualTo("MALFORMED");
    }

    @Test
    void decode_rawOfNoVersion_isMalformed() {
        assertThat(decoding.raw(new byte[60])).isEqualTo("MALFORMED");
    }
}
