package org.edgesentry.netty.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReplayTest {

    private static final byte[] ARP = Packets.behind(14, 0x0806, new byte[28]);

    @TempDir
    private Path directory;

    private static byte[] syn(int stranger, int port) {
        return Packets.ethernet(Packets.syn("198.51.100." + stranger, "192.0.2.1", port));
    }

    /** Strangers, one of them twice; an answer nobody asked for; ARP; a packet between others; one that is broken. */
    private Path sample() {
        byte[] broken = syn(9, 80);
        broken[14] = 0x41;
        return PcapBuilder.usual().frame(100, 0, syn(1, 22)).frame(101, 0, syn(1, 23)).frame(90, 0, syn(2, 80))
                .frame(400, 5, Packets.ethernet(Packets.synAck("198.51.100.3", 80, "192.0.2.9")))
                .frame(400, 6, ARP).frame(401, 0, Packets.ethernet(Packets.syn("203.0.113.1", "203.0.113.2", 1)))
                .frame(402, 0, broken).to(directory.resolve("sample.pcap"));
    }

    @Test
    void run_mixedCapture_countsEachPacketInOnePlace() {
        ReplayRun run = ReplayRun.json(sample());
        assertThat(run.complete()).isTrue();
        assertThat(run.complaints()).isEmpty();
        assertThat(run.output()).endsWith("\n").contains("{\"event\":\"summary\",\"packets\":7,\"sources\":3,",
                "\"backscatter_sources\":1,\"malformed\":1,", "\"not_ip\":1,\"fragments\":0,\"unread\":0}");
    }

    @Test
    void run_sameFilesTwice_sameBytes() {
        Path sample = sample();
        assertThat(ReplayRun.json(sample, sample)).isEqualTo(ReplayRun.json(sample, sample));
        assertThat(ReplayRun.table(sample, sample)).isEqualTo(ReplayRun.table(sample, sample));
    }

    @Test
    void run_severalFiles_areOneStream() {
        Path sample = sample();
        assertThat(ReplayRun.json(sample, sample, sample).output()).contains("\"packets\":21,\"sources\":3,");
    }

    @Test
    void run_oneFileMissing_readsTheOthers() {
        Path missing = directory.resolve("missing.pcap");
        ReplayRun run = ReplayRun.json(missing, sample());
        assertThat(run.complete()).isFalse();
        assertThat(run.complaints()).containsExactly(missing + ": there is no such file");
        assertThat(run.output()).contains("\"packets\":7,");
    }

    @Test
    void run_cutOffFile_usesWhatIsBefore() throws Exception {
        Path sample = sample();
        byte[] whole = Files.readAllBytes(sample);
        Files.write(sample, Arrays.copyOf(whole, whole.length - 1));
        ReplayRun run = ReplayRun.json(sample);
        assertThat(run.complete()).isFalse();
        assertThat(run.complaints()).singleElement().asString()
                .isEqualTo(sample + ": cut off within the record at offset " + (whole.length - 54 - 16));
        assertThat(run.output()).contains("\"packets\":6,");
    }

    @Test
    void run_someFramesOfUnknownLinkType_saysItOnceAndGoesOn() {
        Path mixed = new PcapNgBuilder().section(ByteOrder.LITTLE_ENDIAN).describe(147).describe(1)
                .enhanced(0, 1, syn(1, 1)).enhanced(0, 1, syn(1, 1)).enhanced(1, 1, syn(1, 1))
                .to(directory.resolve("mixed.pcapng"));
        ReplayRun run = ReplayRun.json(mixed);
        assertThat(run.complete()).isTrue();
        assertThat(run.complaints()).containsExactly(
                mixed + ": frames of link type 147 are not read and only counted");
        assertThat(run.output()).contains("\"packets\":3,\"sources\":1,", "\"unread\":2}");
    }

    @Test
    void run_allFramesOfUnknownLinkType_isNoSuccess() {
        Path file = new PcapBuilder(ByteOrder.BIG_ENDIAN, PcapBuilder.NANOS, 147).frame(1, 1, syn(1, 1))
                .to(directory.resolve("user.pcap"));
        assertThat(ReplayRun.json(file).complete()).isFalse();
    }

    @Test
    void run_clockStepsBack_readsOn() {
        PcapBuilder backwards = PcapBuilder.usual();
        for (int second = 2_000; second > 0; second--) {
            backwards.frame(second, 0, syn(second % 250 + 1, second));
        }
        ReplayRun run = ReplayRun.json(backwards.to(directory.resolve("backwards.pcap")));
        assertThat(run.complete()).isTrue();
        assertThat(run.complaints()).isEmpty();
        assertThat(run.output()).contains("\"packets\":2000,\"sources\":250,");
    }

    @Test
    void run_emptyCapture_saysThatThereWasNothing() {
        Path empty = PcapBuilder.usual().to(directory.resolve("empty.pcap"));
        ReplayRun run = ReplayRun.table(empty);
        assertThat(run.complete()).isTrue();
        assertThat(run.output()).isEqualTo("There was no packet to judge.\n");
    }

    @Test
    void table_nothingFound_countsInWords() {
        GoldenText.check("nothing-found.txt", ReplayRun.table(sample()).output());
    }

    /** Each trap that nobody answers at is an event of the pipeline's own, and all of them are due at once. */
    @Test
    void run_manyTrapsUnansweredAtOnce_losesNoneOfThem() {
        PcapBuilder capture = PcapBuilder.usual();
        for (int host = 1; host < 250; host++) {
            capture.frame(100, host, Packets.ethernet(Packets.syn("198.51.100.1", "192.0.2." + host, 111)));
        }
        ReplayRun run = ReplayRun.json(capture.frame(200, 0, syn(2, 80)).to(directory.resolve("traps.pcap")));
        assertThat(run.complaints()).isEmpty();
        assertThat(run.output()).contains("\"source\":\"198.51.100.1\"");
    }
}
