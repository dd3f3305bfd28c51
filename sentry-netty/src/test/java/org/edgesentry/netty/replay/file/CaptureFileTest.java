package org.edgesentry.netty.replay.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.edgesentry.core.decode.DecodeStatus;
import org.edgesentry.core.decode.FrameDecoder;
import org.edgesentry.core.decode.LinkType;
import org.edgesentry.core.limits.Limits;
import org.edgesentry.core.probe.ProbeEvent;
import org.edgesentry.netty.replay.Packets;
import org.edgesentry.netty.replay.PcapBuilder;
import org.edgesentry.netty.replay.PcapNgBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class CaptureFileTest {

    private static final byte[] SYN = Packets.syn("198.51.100.7", "192.0.2.1", 22);
    private static final ByteOrder BIG = ByteOrder.BIG_ENDIAN;
    private static final ByteOrder LITTLE = ByteOrder.LITTLE_ENDIAN;

    @TempDir
    private Path directory;

    /** What was read: link type, time, and the port that the SYN asks for, 0 when it is no packet. */
    private record Seen(LinkType link, long epochNanos, int port) {
    }

    private final List<Seen> seen = new ArrayList<>();

    private void read(byte[] content) throws UnreadableCapture, IOException {
        Path path = Files.write(directory.resolve("capture"), content);
        seen.clear();
        CapturedFrame frame = new CapturedFrame();
        FrameDecoder decoder = new FrameDecoder(1, 2);
        try (CaptureFile file = CaptureFile.open(path)) {
            while (file.next(frame)) {
                ProbeEvent event = new ProbeEvent();
                boolean packet = frame.link != null && DecodeStatus.PACKET
                        == decoder.decode(frame.link, frame.bytes, frame.offset, frame.length, event);
                seen.add(new Seen(frame.link, frame.epochNanos, packet ? event.destinationPort : 0));
            }
        }
    }

    static Stream<Arguments> classicForms() {
        return Stream.of(BIG, LITTLE).flatMap(order -> Stream.of(
                Arguments.of(order, PcapBuilder.MICROS, 1_000L),
                Arguments.of(order, PcapBuilder.NANOS, 1L),
                Arguments.of(order, PcapBuilder.MODIFIED, 1_000L)));
    }

    @ParameterizedTest
    @MethodSource("classicForms")
    void next_classicPcapOfEachForm_readsFramesAndTimes(ByteOrder order, int magic, long nanos) throws Exception {
        byte[] frame = Packets.ethernet(SYN);
        read(new PcapBuilder(order, magic, 1).frame(1_500_000_000, 7, frame).frame(0xFFFF_FFFF, 0, frame).bytes());
        assertThat(seen).containsExactly(new Seen(LinkType.ETHERNET, 1_500_000_000_000_000_000L + 7 * nanos, 22),
                new Seen(LinkType.ETHERNET, 4_294_967_295_000_000_000L, 22));
    }

    static Stream<Arguments> linkTypes() {
        return Stream.of(Arguments.of(1, Packets.ethernet(SYN)), Arguments.of(113, Packets.behind(16, 0x0800, SYN)),
                Arguments.of(276, Packets.sll2(SYN)), Arguments.of(101, SYN), Arguments.of(12, SYN),
                Arguments.of(228, SYN), Arguments.of(0, Packets.loopback(LITTLE, SYN)),
                Arguments.of(0, Packets.loopback(BIG, SYN)), Arguments.of(108, Packets.loopback(BIG, SYN)),
                // Four bytes of checksum behind each frame, as the upper bits say.
                Arguments.of(0x2400_0001, Arrays.copyOf(Packets.ethernet(SYN), 58)));
    }

    @ParameterizedTest
    @MethodSource("linkTypes")
    void next_eachLinkType_findsThePacket(int linkType, byte[] frame) throws Exception {
        read(new PcapBuilder(LITTLE, PcapBuilder.MICROS, linkType).frame(1, 0, frame).bytes());
        assertThat(seen).extracting(Seen::port).containsExactly(22);
        read(new PcapNgBuilder().section(BIG).describe(linkType & 0xFFFF).enhanced(0, 0, frame).bytes());
        assertThat(seen).extracting(Seen::port).containsExactly(22);
    }

    @Test
    void next_severalSectionsAndInterfaces_eachInItsOwnOrderUnitAndLinkType() throws Exception {
        read(new PcapNgBuilder()
                .section(LITTLE).describe(1).describe(101, 9, 0).other(4, 40).describe(0, 0x80 | 10, 100)
                .enhanced(0, 3_000_001, Packets.ethernet(SYN)).enhanced(1, 5_000_000_009L, SYN)
                .simple(Packets.ethernet(SYN)).other(0xBAD, 0)
                .enhanced(2, 2 * 1_024 + 512, Packets.loopback(LITTLE, SYN))
                .section(BIG).describe(113).obsolete(0, 1_000_000, Packets.behind(16, 0x0800, SYN)).bytes());
        assertThat(seen).containsExactly(
                new Seen(LinkType.ETHERNET, 3_000_001_000L, 22), new Seen(LinkType.RAW, 5_000_000_009L, 22),
                new Seen(LinkType.ETHERNET, 5_000_000_009L, 22), new Seen(LinkType.NULL, 102_500_000_000L, 22),
                new Seen(LinkType.LINUX_SLL, 1_000_000_000L, 22));
    }

    @Test
    void next_unknownLinkType_isGivenWithoutLink() throws Exception {
        read(new PcapBuilder(LITTLE, PcapBuilder.MICROS, 147).frame(1, 0, SYN).bytes());
        assertThat(seen).containsExactly(new Seen(null, 1_000_000_000L, 0));
    }

    @Test
    void next_blockLongerThanTheBuffer_isPassedOver() throws Exception {
        byte[] start = new PcapNgBuilder().section(LITTLE).describe(101).bytes();
        int length = 3 * Limits.CAPTURE_BUFFER_BYTES + 12;
        byte[] block = ByteBuffer.allocate(length).order(LITTLE).putInt(0xBAD).putInt(length)
                .putInt(length - 4, length).array();
        byte[] rest = new PcapNgBuilder().section(LITTLE).describe(101).enhanced(0, 0, SYN).bytes();
        read(joined(start, block, rest));
        assertThat(seen).hasSize(1);
    }

    private static byte[] joined(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }

    @Test
    void next_moreFramesThanTheBufferHolds_readsAll() throws Exception {
        PcapBuilder file = PcapBuilder.usual();
        byte[] frame = Arrays.copyOf(Packets.ethernet(SYN), 1_447);
        for (int i = 0; i < 700; i++) {
            file.frame(i, 0, frame);
        }
        byte[] first = file.bytes();
        read(joined(first, Arrays.copyOfRange(first, 24, first.length)));
        assertThat(seen).hasSize(1_400).allMatch(one -> one.port() == 22);
        assertThat(seen.get(1_399).epochNanos()).isEqualTo(699_000_000_000L);
    }

    @Test
    void next_gzippedFile_isUnpacked_andItsEndIsMissed() throws Exception {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(PcapBuilder.usual().frame(1, 0, Packets.ethernet(SYN)).bytes());
        }
        read(packed.toByteArray());
        assertThat(seen).hasSize(1);
        byte[] cut = Arrays.copyOf(packed.toByteArray(), packed.size() - 6);
        assertThatThrownBy(() -> read(cut)).isInstanceOf(UnreadableCapture.class).hasMessageContaining("cut off");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "23 | cut off within the header at offset 0",
        "39 | cut off within the record at offset 24",
        "93 | cut off within the record at offset 24",
        "95 | cut off within the record at offset 94"})
    void next_fileIsCutOff_saysWhere(int length, String message) {
        byte[] frame = Packets.ethernet(SYN);
        byte[] file = PcapBuilder.usual().frame(1, 0, frame).frame(2, 0, frame).bytes();
        assertThatThrownBy(() -> read(Arrays.copyOf(file, length))).isInstanceOf(UnreadableCapture.class)
                .hasMessage(message);
        assertThat(seen).hasSize(length < 94 ? 0 : 1);
    }

    @Test
    void next_absurdLengths_areDamage() {
        byte[] lengths = {-1, -1, -1, -1, 0, 0, 0, 0};
        assertThatThrownBy(() -> read(joined(PcapBuilder.usual().bytes(), new byte[8], lengths)))
                .hasMessage("damaged: a frame of 4294967295 bytes at offset 24");
        byte[] block = new PcapNgBuilder().section(LITTLE).describe(1).enhanced(0, 0, SYN).bytes();
        block[block.length - 4]++;
        assertThatThrownBy(() -> read(block)).hasMessage("damaged: a block whose two lengths differ at offset 48");
        assertThatThrownBy(() -> read(new PcapNgBuilder().section(LITTLE).enhanced(0, 0, SYN).bytes()))
                .hasMessage("damaged: a packet of interface 0 of 0 at offset 28");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "hello, world | is no capture file (pcap or pcapng, plain or gzipped)",
        "x | is no capture file (pcap or pcapng, plain or gzipped)",
        "'' | is empty, and no capture file",
        "BZh91AY | is packed with bzip2; unpack it first",
        "(\u00b5/\u00fd123 | is packed with zstd; unpack it first"})
    void open_noCapture_saysWhatItIsNot(String content, String message) {
        assertThatThrownBy(() -> read(content.getBytes(StandardCharsets.ISO_8859_1)))
                .isInstanceOf(UnreadableCapture.class).hasMessage(message);
    }

    @Test
    void open_missingOrDirectory_saysSo() {
        assertThatThrownBy(() -> CaptureFile.open(directory.resolve("none"))).hasMessage("there is no such file");
        assertThatThrownBy(() -> CaptureFile.open(directory)).hasMessage("is a directory, not a capture file");
    }
}
