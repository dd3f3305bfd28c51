package org.edgesentry.netty.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whatever is wrong with a file: no exception, always a summary, and a message if the file was not read to its end. */
class DamagedCaptureTest {

    private static final byte[] SYN = Packets.syn("198.51.100.7", "192.0.2.1", 22);
    private static final byte[] VALUES = {0, 1, 4, 0x7F, (byte) 0x80, (byte) 0xFF};

    @TempDir
    private Path directory;

    enum Form {
        PCAP, PCAPNG;

        byte[] sample() {
            byte[] frame = Packets.ethernet(SYN);
            return this == PCAP
                    ? PcapBuilder.usual().frame(1, 2, frame).frame(2, 3, frame).bytes()
                    : new PcapNgBuilder().section(ByteOrder.BIG_ENDIAN).describe(1, 9, 1).enhanced(0, 5, frame)
                            .other(5, 8).simple(frame).obsolete(0, 6, frame).bytes();
        }
    }

    private void judge(byte[] content, String what) throws IOException {
        Path file = Files.write(directory.resolve("damaged"), content);
        ReplayRun run = ReplayRun.json(file);
        assertThat(run.output()).as(what).contains("{\"event\":\"summary\",").endsWith("}\n");
        assertThat(run.complaints()).as(what).hasSizeLessThanOrEqualTo(2)
                .allMatch(line -> line.startsWith(file + ": "));
        assertThat(run.complete() || !run.complaints().isEmpty()).as(what).isTrue();
    }

    @ParameterizedTest
    @EnumSource
    void run_eachByteDamaged_isReadOrSaid(Form form) throws IOException {
        byte[] whole = form.sample();
        for (int at = 0; at < whole.length; at++) {
            for (byte value : VALUES) {
                byte[] damaged = whole.clone();
                damaged[at] = value;
                judge(damaged, form + " byte " + at + " is " + value);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void run_eachLength_isReadOrSaid(Form form) throws IOException {
        byte[] whole = form.sample();
        for (int length = 0; length < whole.length; length++) {
            judge(Arrays.copyOf(whole, length), form + " cut to " + length);
        }
    }

    @ParameterizedTest
    @EnumSource
    void run_noiseBehindTheHeader_isReadOrSaid(Form form) throws IOException {
        Random random = new Random(7);
        byte[] whole = form.sample();
        for (int i = 0; i < 500; i++) {
            byte[] noisy = Arrays.copyOf(whole, 1_000);
            for (int changes = random.nextInt(20); changes >= 0; changes--) {
                noisy[24 + random.nextInt(976)] = (byte) random.nextInt();
            }
            judge(noisy, form + " noise " + i);
        }
    }
}
