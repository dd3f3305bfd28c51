package org.edgesentry.netty.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.edgesentry.netty.lab.Shell;
import org.edgesentry.netty.replay.Packets;
import org.edgesentry.netty.replay.PcapBuilder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code sentry replay} as a user types it: what is on which output, and the exit status. */
class ReplayIT {

    private static final String HOME = "192.0.2.0/24,2001:db8::/32";

    @TempDir
    private Path directory;
    private Path capture;

    private record Result(int status, String out, String err) {
    }

    @BeforeEach
    void writeCapture() {
        byte[] syn = Packets.ethernet(Packets.syn("198.51.100.7", "192.0.2.1", 80));
        capture = PcapBuilder.usual().frame(1, 0, syn).frame(5, 0, syn).to(directory.resolve("capture.pcap"));
    }

    private Result replay(String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(SentryProcess.launcher().toAbsolutePath().toString(), "replay"));
        command.addAll(List.of(arguments));
        return run(command);
    }

    private Result run(List<String> command) throws Exception {
        File out = directory.resolve("out").toFile();
        File err = directory.resolve("err").toFile();
        Process process = new ProcessBuilder(command).redirectOutput(out).redirectError(err).start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).as("%s ends", command).isTrue();
        return new Result(process.exitValue(), Files.readString(out.toPath()), Files.readString(err.toPath()));
    }

    @Test
    void json_goodCapture_isOneSummaryAndNothingElse() throws Exception {
        Result result = replay("--json", "--home", HOME, capture.toString());
        assertThat(result.status()).isZero();
        assertThat(result.err()).isEmpty();
        assertThat(result.out().lines()).singleElement().asString()
                .startsWith("{\"event\":\"summary\",\"packets\":2,\"sources\":1,\"scans\":0,").endsWith("}");
    }

    @Test
    void table_goodCapture_saysInWordsThatThereIsNoScan() throws Exception {
        Result result = replay("--home", HOME, capture.toString(), capture.toString());
        assertThat(result.status()).isZero();
        assertThat(result.err()).isEmpty();
        assertThat(result.out()).startsWith("No scan found").contains("4 packets read").doesNotContain("\u001b");
    }

    @Test
    void damagedCapture_givesWhatWasReadThenStatusOne() throws Exception {
        byte[] whole = Files.readAllBytes(capture);
        Files.write(capture, Arrays.copyOf(whole, whole.length - 3));
        Result result = replay("--json", "--home", HOME, capture.toString());
        assertThat(result.status()).isEqualTo(1);
        assertThat(result.err()).isEqualTo(capture + ": cut off within the record at offset 94\n");
        assertThat(result.out()).contains("\"packets\":1,");
    }

    @Test
    void noCapture_endsWithStatusOneAndOneLineEach() throws Exception {
        Path text = Files.writeString(directory.resolve("notes.txt"), "no packets here");
        Result result = replay("--json", "--home", HOME, text.toString(), directory + "/missing.pcap");
        assertThat(result.status()).isEqualTo(1);
        assertThat(result.err().lines()).containsExactly(
                text + ": is no capture file (pcap or pcapng, plain or gzipped)",
                directory + "/missing.pcap: there is no such file");
    }

    @Test
    void homeUnknown_endsWithStatusTwoAndSaysWhatToDo() throws Exception {
        Result result = replay(capture.toString());
        assertThat(result.status()).isEqualTo(2);
        assertThat(result.out()).isEmpty();
        assertThat(result.err().lines()).singleElement().asString().startsWith("sentry: ")
                .contains("--home CIDR", "HOME_NET");
    }

    @Test
    void homeNetOfTheConfiguration_isHomeUnlessTheOptionSaysOtherwise() throws Exception {
        Path conf = Files.writeString(directory.resolve("portsentry.conf"), "HOME_NET=\"192.0.2.0/24\"\n");
        assertThat(replay("-c", conf.toString(), "--json", capture.toString()).out()).contains("\"sources\":1,");
        assertThat(replay("-c", conf.toString(), "--json", "--home", "203.0.113.1", capture.toString()).out())
                .contains("\"sources\":0,");
    }

    @Test
    void badUsage_endsWithStatusTwoAndOneLine() throws Exception {
        for (String home : List.of("192.0.2.0/33", "nonsense", "192.0.2.1,,192.0.2.2")) {
            Result result = replay("--home", home, capture.toString());
            assertThat(result.status()).as(home).isEqualTo(2);
            assertThat(result.err().lines()).as(home).singleElement().asString().startsWith("sentry: --home: ");
        }
        assertThat(replay("--home", HOME).status()).isEqualTo(2);
        assertThat(replay("--home", HOME, "--yaml", capture.toString()).status()).isEqualTo(2);
    }

    @Test
    void pipe_isReadLikeAFile() throws Exception {
        String launcher = SentryProcess.launcher().toAbsolutePath().toString();
        Result result = run(List.of("bash", "-c", "cat " + capture + " | " + launcher + " replay --json --home " + HOME
                + " /dev/stdin"));
        assertThat(result.status()).isZero();
        assertThat(result.out()).contains("\"packets\":2,");
    }

    @Test
    void readerGone_endsWithStatusOneAndOneLine() throws Exception {
        String launcher = SentryProcess.launcher().toAbsolutePath().toString();
        Result result = run(List.of("bash", "-c", launcher + " replay --json --home " + HOME + " " + capture
                + " > /dev/full"));
        assertThat(result.status()).isEqualTo(1);
        assertThat(result.err()).isEqualTo("sentry: the report could not be written to its end\n");
    }

    @Test
    void terminal_hasColoursUnlessTheyAreNotWanted() throws Exception {
        Shell.need("script", "util-linux");
        String replay = SentryProcess.launcher().toAbsolutePath() + " replay --home " + HOME + " " + capture;
        assertThat(run(List.of("script", "-qec", replay, "/dev/null")).out()).contains("\u001b[32mNo scan found");
        assertThat(run(List.of("script", "-qec", "NO_COLOR=1 " + replay, "/dev/null")).out())
                .contains("No scan found").doesNotContain("\u001b[32m");
    }

    @Test
    void anyRun_leavesNothingBehind() throws Exception {
        Path work = Files.createDirectory(directory.resolve("work"));
        Path conf = Files.writeString(directory.resolve("portsentry.conf"), "HISTORY_FILE=\"" + work
                + "/history\"\nBLOCKED_FILE=\"" + work + "/blocked\"\nCONTROL_SOCKET=\"" + work + "/socket\"\n");
        assertThat(replay("-c", conf.toString(), "--home", HOME, capture.toString()).status()).isZero();
        assertThat(work).isEmptyDirectory();
    }
}
