package org.edgesentry.netty.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.edgesentry.netty.lab.Shell;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The launcher's class-data archive: made aside, used from then on, and never in the way of a start. */
class ClassArchiveIT {

    private static final String JAR = "sentry-netty/target/edge-sentry.jar";
    private static final Duration PATIENCE = Duration.ofMinutes(4);

    @TempDir
    private Path checkout;

    @BeforeEach
    void copyCheckout() throws IOException {
        Path original = SentryProcess.launcher().toRealPath().getParent();
        Files.createDirectories(checkout.resolve(JAR).getParent());
        Files.copy(original.resolve(JAR), checkout.resolve(JAR));
        Shell.run("cp -r " + original.resolve("sentry") + " " + original.resolve("conf") + " "
                + original.resolve("libexec") + " " + checkout);
    }

    @Test
    void archive_isMadeByTheFirstStartAndUsedByTheNext() throws IOException {
        assertThatVersionIsAllThatIsSaid();
        Path archive = awaitArchive();
        assertThat(loadedFrom()).contains("shared objects file");

        Files.delete(archive);
        Files.write(archive, new byte[0]);
        assertThat(loadedFrom()).contains(JAR);
    }

    @Test
    void twoStartsAtOnce_makeOneArchiveAndRemoveThatOfAnotherJar() throws IOException {
        Path stale = checkout.resolve(JAR).resolveSibling("edge-sentry-1.2-17.jsa");
        Files.writeString(stale, "an older jar's");
        List<SentryProcess> both = List.of(version(List.of()), version(List.of()));
        both.forEach(ClassArchiveIT::assertThatVersionIsAllThatIsSaid);
        await("no stale archive").atMost(PATIENCE).until(() -> Files.notExists(stale));
        awaitArchive();
    }

    @Test
    void directoryThatCannotBeWritten_isLeftAsItIs() throws IOException {
        assertThatVersionIsAllThatIsSaid(version(List.of("unshare", "--mount", "sh", "-c",
                "mount --bind " + checkout + " " + checkout + " && mount -o remount,ro,bind " + checkout
                        + " && exec \"$@\"", "sh")));
        try (Stream<Path> files = Files.list(checkout.resolve(JAR).getParent())) {
            assertThat(files).containsExactly(checkout.resolve(JAR));
        }
    }

    @Test
    void archiveThatDoesNotFit_isPassedOverInSilence() throws IOException {
        assertThatVersionIsAllThatIsSaid();
        Path archive = awaitArchive();
        byte[] good = Files.readAllBytes(archive);

        Files.writeString(archive, "noise".repeat(100_000));
        assertThatVersionIsAllThatIsSaid();
        Files.write(archive, Arrays.copyOf(good, good.length / 3));
        assertThatVersionIsAllThatIsSaid();
        Files.write(archive, good);
        Path foreign = checkout.resolve("foreign");
        Files.move(archive, foreign);
        Files.setLastModifiedTime(checkout.resolve(JAR), FileTime.from(Instant.EPOCH));
        Files.move(foreign, archiveOf(checkout.resolve(JAR), archive));
        assertThatVersionIsAllThatIsSaid();
    }

    /** The name that the archive would have for the jar as it is now. */
    private static Path archiveOf(Path jar, Path former) throws IOException {
        String build = former.getFileName().toString().replaceFirst("edge-sentry-\\d+\\.\\d+-", "");
        long seconds = Files.getLastModifiedTime(jar).toMillis() / 1_000;
        return jar.resolveSibling("edge-sentry-" + seconds + "." + Files.size(jar) + "-" + build);
    }

    private Path awaitArchive() throws IOException {
        await("archive").atMost(PATIENCE).until(() -> archives().size() == 1);
        Path archive = archives().get(0);
        assertThat(archive).isNotEmptyFile();
        return archive;
    }

    private List<Path> archives() throws IOException {
        try (Stream<Path> files = Files.list(checkout.resolve(JAR).getParent())) {
            return files.filter(file -> file.toString().endsWith(".jsa")).toList();
        }
    }

    private void assertThatVersionIsAllThatIsSaid() {
        assertThatVersionIsAllThatIsSaid(version(List.of()));
    }

    private SentryProcess version(List<String> prefix) {
        return new SentryProcess(prefix, checkout.resolve("sentry"), checkout, "--version");
    }

    private static void assertThatVersionIsAllThatIsSaid(SentryProcess version) {
        assertThat(version.awaitExit()).isZero();
        assertThat(version.lines()).singleElement().asString().startsWith("Edge Sentry ");
    }

    /** Where the class of the command line was loaded from. */
    private String loadedFrom() throws IOException {
        Path log = checkout.resolve("loaded");
        new SentryProcess(List.of("env", "JDK_JAVA_OPTIONS=-Xlog:class+load:file=" + log),
                checkout.resolve("sentry"), checkout, "--version").awaitExit();
        try (Stream<String> lines = Files.lines(log)) {
            return lines.filter(line -> line.contains(Version.class.getName())).findFirst().orElseThrow();
        }
    }
}
