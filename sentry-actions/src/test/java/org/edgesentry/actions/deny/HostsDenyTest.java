package org.edgesentry.actions.deny;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.stream.Stream;
import org.edgesentry.actions.command.Macros;
import org.edgesentry.core.config.Mode;
import org.edgesentry.core.net.CidrParser;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HostsDenyTest {

    private static final Set<String> LINE = Set.of("ALL: 192.0.2.7");

    @TempDir
    private Path directory;
    private Path file;
    private HostsDeny hostsDeny;

    @BeforeEach
    void name() {
        file = directory.resolve("hosts.deny");
        hostsDeny = new HostsDeny(file);
    }

    @Test
    void add_fileIsMissing_isMadeReadableForAll() throws IOException {
        assertThat(hostsDeny.add(LINE)).isEqualTo(LINE);

        assertThat(Files.readString(file)).isEqualTo("ALL: 192.0.2.7\n");
        assertThat(Files.getPosixFilePermissions(file)).isEqualTo(PosixFilePermissions.fromString("rw-r--r--"));
        try (Stream<Path> files = Files.list(directory)) {
            assertThat(files).containsExactly(file);
        }
    }

    @ParameterizedTest
    @CsvSource({"'', ''", "'# a\n', '# a\n'", "'# a', '# a\n'", "'ALL: x \\\n', 'ALL: x \\\n\n'",
        "'ALL: x \\', 'ALL: x \\\n\n'", "'ALL: 192.0.2.70\n', 'ALL: 192.0.2.70\n'"})
    void add_toWhatIsThere_makesALineOfItsOwn(String before, String beginning) throws IOException {
        Files.writeString(file, before);

        hostsDeny.add(LINE);

        assertThat(Files.readString(file)).isEqualTo(beginning + "ALL: 192.0.2.7\n");
    }

    @Test
    void add_lineIsThere_leavesTheFileAlone() throws IOException {
        Files.writeString(file, "# mine\nALL: 192.0.2.7");
        Object inode = Files.getAttribute(file, "unix:ino");

        assertThat(hostsDeny.add(LINE)).isEmpty();

        assertThat(Files.readString(file)).isEqualTo("# mine\nALL: 192.0.2.7");
        assertThat(Files.getAttribute(file, "unix:ino")).isEqualTo(inode);
    }

    @Test
    void add_binaryNoise_comesOutAsItWentIn() throws IOException {
        byte[] noise = new byte[1_000];
        for (int i = 0; i < noise.length; i++) {
            noise[i] = (byte) i;
        }
        Files.write(file, noise);

        hostsDeny.add(LINE);

        assertThat(Files.readAllBytes(file)).startsWith(noise).endsWith("\nALL: 192.0.2.7\n".getBytes());
    }

    @Test
    void add_modeAndOwner_areKept() throws IOException {
        Files.writeString(file, "# mine\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
        Object owner = Files.getOwner(file);

        hostsDeny.add(LINE);

        assertThat(Files.getPosixFilePermissions(file)).isEqualTo(PosixFilePermissions.fromString("rw-r-----"));
        assertThat(Files.getOwner(file)).isEqualTo(owner);
    }

    @Test
    void add_symbolicLink_isRefused() throws IOException {
        Path target = Files.writeString(directory.resolve("target"), "");
        Files.createSymbolicLink(file, target);

        assertThatThrownBy(() -> hostsDeny.add(LINE)).hasMessageContaining("is a symbolic link");
        assertThat(target).isEmptyFile();
    }

    @Test
    void add_directoryWorldWritableOrHuge_isRefused() throws IOException {
        Files.createDirectory(file);
        assertThatThrownBy(() -> hostsDeny.add(LINE)).hasMessageContaining("is not a regular file");
        Files.delete(file);

        Files.createFile(file);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw-rw-"));
        assertThatThrownBy(() -> hostsDeny.add(LINE)).hasMessageContaining("can be written by everybody");

        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        try (RandomAccessFile huge = new RandomAccessFile(file.toFile(), "rw")) {
            huge.setLength(50L << 20);
        }
        assertThatThrownBy(() -> hostsDeny.add(LINE)).hasMessageContaining("has more than");
        assertThat(Files.size(file)).isEqualTo(50L << 20);
    }

    @Test
    void remove_ourLine_leavesTheOthers() throws IOException {
        Files.writeString(file, "ALL: 192.0.2.70\nALL: 192.0.2.7\n# mine\n");

        assertThat(hostsDeny.remove(LINE)).isEqualTo(LINE);

        assertThat(Files.readString(file)).isEqualTo("ALL: 192.0.2.70\n# mine\n");
    }

    @ParameterizedTest
    @CsvSource({"192.0.2.7, ALL: $TARGET$, ALL: 192.0.2.7", "2001:db8::7, ALL: $TARGET$, ALL: [2001:db8::7]",
        "2001:db8::7, ALL: [$TARGET$], ALL: [2001:db8::7]",
        "192.0.2.7, ALL: $TARGET$ : spawn log $PORT$ $MODE$, ALL: 192.0.2.7 : spawn log 11 stcp"})
    void line_ofTheTemplate_isWhatTcpWrappersRead(String source, String template, String line) {
        assertThat(DenyLine.of(template, new Macros(CidrParser.parse(source), 11, Mode.STCP))).isEqualTo(line);
    }
}
