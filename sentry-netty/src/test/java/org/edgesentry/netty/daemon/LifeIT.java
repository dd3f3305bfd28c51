package org.edgesentry.netty.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.edgesentry.netty.lab.GreetingService;
import org.edgesentry.netty.lab.Shell;
import org.edgesentry.netty.lab.TwoHosts;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Start, stop and all that can stand in their way, seen from the console. */
class LifeIT {

    private static TwoHosts hosts;

    @TempDir
    private Path directory;

    @BeforeAll
    static void openLab() {
        hosts = new TwoHosts();
    }

    @AfterAll
    static void closeLab() {
        hosts.close();
    }

    @Test
    void sigterm_stopsWithinTwoSecondsAndWithStatusZero() throws IOException {
        for (String mode : List.of("--stealth", "--connect")) {
            SentryProcess sentry = start("", mode).awaitReady();
            Instant asked = Instant.now();

            assertThat(sentry.terminate()).isZero();
            assertThat(Duration.between(asked, Instant.now())).isLessThan(Duration.ofSeconds(2));
            assertThat(sentry.lines()).last().asString().contains("Edge Sentry stops");
        }
    }

    @Test
    void secondInstance_saysThatOneIsRunning() throws IOException {
        try (SentryProcess first = start("", "--stealth").awaitReady()) {
            SentryProcess second = start("", "--stealth");

            assertThat(second.awaitExit()).isEqualTo(1);
            assertThat(second.lines()).last().asString().contains("another Edge Sentry is running (process");
        }
    }

    @Test
    void missingCapability_isNamedWithTheRemedy() throws IOException {
        List<String> prefix = new ArrayList<>(hosts.sensorPrefix());
        prefix.addAll(List.of("setpriv", "--bounding-set=-net_raw", "--inh-caps=-net_raw"));
        SentryProcess sentry = new SentryProcess(prefix, "-c", configuration("").toString());

        assertThat(sentry.awaitExit()).isEqualTo(1);
        assertThat(sentry.lines()).last().asString().startsWith("sentry: ").contains("CAP_NET_RAW", "root");
    }

    @Test
    void portInUse_inConnectMode_isNamedAndTheOthersRun() throws IOException {
        try (GreetingService service = new GreetingService(hosts.sensorPrefix(), 11);
                SentryProcess sentry = start("", "--connect").awaitReady()) {
            sentry.awaitLine("Not a trap: TCP port 11: a service of this host has it open");
        }
    }

    @Test
    void noPortFree_inConnectMode_endsWithStatusOne() throws IOException {
        try (GreetingService service = new GreetingService(hosts.sensorPrefix(), 11)) {
            Path configuration = Files.writeString(directory.resolve("one.conf"),
                    """
                    TCP_PORTS="11"
                    CONTROL_SOCKET="%1$s/socket"
                    STATE_DIR="%1$s/state"
                    """.formatted(directory));
            SentryProcess sentry =
                    new SentryProcess(hosts.sensorPrefix(), "--connect", "-c", configuration.toString());

            assertThat(sentry.awaitExit()).isEqualTo(1);
            assertThat(sentry.lines()).last().asString().contains("no trap port could be bound", "TCP port 11");
        }
    }

    @Test
    void unknownInterface_isNamedWithTheOnesThatExist() throws IOException {
        SentryProcess sentry = start("", "-i", "eth77");

        assertThat(sentry.awaitExit()).isEqualTo(1);
        assertThat(sentry.lines()).last().asString().contains("eth77", "near");
    }

    @Test
    void historyThatCannotBeWritten_endsWithStatusOne() throws IOException {
        SentryProcess sentry = start("HISTORY_FILE=\"/proc/history\"", "--stealth");

        assertThat(sentry.awaitExit()).isEqualTo(1);
        assertThat(sentry.lines()).last().asString().startsWith("sentry: ").contains("/proc/history");
    }

    @Test
    void faultsOfTheConfiguration_areToldWithFileAndLine() throws IOException {
        Path configuration = Files.writeString(directory.resolve("bad.conf"),
                "TCP_PORTS=\"1,abc\"\nBLOK_TCP=\"1\"\n");
        for (String command : List.of("run", "check")) {
            SentryProcess sentry = new SentryProcess(List.of(), command, "-c", configuration.toString());

            assertThat(sentry.awaitExit()).isEqualTo(2);
            assertThat(sentry.lines()).filteredOn(line -> line.startsWith(configuration + ":1: ")).hasSize(1);
            assertThat(sentry.lines()).filteredOn(line -> line.startsWith(configuration + ":2: ")).singleElement()
                    .asString().contains("BLOCK_TCP");
        }
    }

    @Test
    void fifoInPlaceOfAFile_isRefusedAtOnce() throws IOException {
        Path fifo = directory.resolve("fifo");
        Shell.run("mkfifo " + fifo);
        SentryProcess check = new SentryProcess(List.of(), "check", "-c", fifo.toString());
        assertThat(check.awaitExit()).isEqualTo(2);
        assertThat(check.lines()).singleElement().asString().contains("is not a regular file");

        SentryProcess run = start("HISTORY_FILE=\"" + fifo + "\"", "--stealth");
        assertThat(run.awaitExit()).isEqualTo(1);
        assertThat(run.lines()).last().asString().contains("is a pipe");
    }

    @Test
    void sigterm_duringTheStart_isACleanStopToo() throws IOException {
        SentryProcess sentry = start("", "--stealth");
        sentry.awaitLine("starts with");

        assertThat(sentry.terminate()).isZero();
    }

    @Test
    void contradiction_namesBothOptions() {
        SentryProcess modes = new SentryProcess(List.of(), "--stealth", "--connect");
        assertThat(modes.awaitExit()).isEqualTo(2);
        assertThat(modes.lines()).singleElement().asString().contains("--stealth", "--connect");

        SentryProcess method = new SentryProcess(List.of(), "--connect", "-m", "pcap");
        assertThat(method.awaitExit()).isEqualTo(2);
        assertThat(method.lines()).singleElement().asString().contains("--method", "--connect");
    }

    @Test
    void missingFile_isOneLine() {
        SentryProcess sentry = new SentryProcess(List.of(), "check", "-c", "/no/such/file");

        assertThat(sentry.awaitExit()).isEqualTo(2);
        assertThat(sentry.lines()).singleElement().asString().contains("/no/such/file");
    }

    @Test
    void check_printsTheEffectiveSettings() throws IOException {
        SentryProcess sentry = new SentryProcess(List.of(), "check", "-c", configuration("").toString());

        assertThat(sentry.awaitExit()).isZero();
        assertThat(sentry.lines()).contains("TCP_PORTS=\"11,15\"", "BLOCK_TCP=\"0\"", "BLOCK_TIME=\"1h\"");
    }

    @Test
    void launcher_worksThroughASymlinkFromAnywhere() throws IOException {
        Path link = Files.createSymbolicLink(directory.resolve("guard"), SentryProcess.launcher().toRealPath());
        SentryProcess version = new SentryProcess(List.of(), link, directory, "--version");
        assertThat(version.awaitExit()).isZero();
        assertThat(version.lines()).singleElement().asString().matches("Edge Sentry \\d+\\.\\d+\\.\\d+");

        SentryProcess check = new SentryProcess(List.of(), link, directory, "check");
        assertThat(check.awaitExit()).isZero();
        assertThat(check.lines()).first().asString().endsWith("conf/portsentry.conf");
    }

    @Test
    void help_listsTheCommands() {
        SentryProcess sentry = new SentryProcess(List.of(), "--help");

        assertThat(sentry.awaitExit()).isZero();
        assertThat(String.join("\n", sentry.lines())).contains("run", "check");
    }

    private SentryProcess start(String settings, String... options) throws IOException {
        List<String> arguments = new ArrayList<>(List.of("-c", configuration(settings).toString()));
        arguments.addAll(List.of(options));
        return new SentryProcess(hosts.sensorPrefix(), arguments.toArray(String[]::new));
    }

    private Path configuration(String settings) throws IOException {
        return Files.writeString(directory.resolve("portsentry.conf"), """
                TCP_PORTS="11,15"
                CONTROL_SOCKET="%1$s/socket"
                STATE_DIR="%1$s/state"
                %2$s
                """.formatted(directory, settings));
    }
}
