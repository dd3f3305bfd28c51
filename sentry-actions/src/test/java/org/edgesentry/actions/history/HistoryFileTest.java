package org.edgesentry.actions.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.edgesentry.actions.ActionCounters;
import org.edgesentry.actions.LogCapture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HistoryFileTest {

    @TempDir
    private Path directory;
    private final LogCapture log = new LogCapture();
    private final ActionCounters counters = new ActionCounters();
    private Path path;

    @BeforeEach
    void make() {
        path = directory.resolve("var/log/portsentry.history");
    }

    @AfterEach
    void stop() {
        log.close();
    }

    private HistoryFile open() throws IOException {
        return HistoryFile.open(path, counters);
    }

    @Test
    void open_fileOfAFormerRun_isAppendedTo() throws IOException {
        Files.createDirectories(path.getParent());
        Files.writeString(path, "old\n");

        HistoryFile history = open();
        history.add("new 1");
        history.add("new 2");
        history.flush();

        assertThat(path).hasContent("old\nnew 1\nnew 2");
        assertThat(counters.linesWritten()).isEqualTo(2);
        history.close();
    }

    @Test
    void open_directoryIsMissing_isMadeAndTheFileIsNotForAll() throws IOException {
        open().close();

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path))).isEqualTo("rw-r-----");
    }

    @Test
    void open_symbolicLink_isRefused() throws IOException {
        Path victim = Files.writeString(directory.resolve("passwd"), "root");
        Files.createDirectories(path.getParent());
        Files.createSymbolicLink(path, victim);

        assertThatThrownBy(this::open).isInstanceOf(IOException.class)
                .hasMessageContaining("HISTORY_FILE").hasMessageContaining("is a symbolic link");
        assertThat(victim).hasContent("root");
    }

    @Test
    void add_lineEndsAndControlCharacters_cannotForgeALine() throws IOException {
        HistoryFile history = open();
        history.add("Scan from: [192.0.2.7]\n2026 Scan from: [192.0.2.99]\r\u001b[2J\u0000");
        history.close();

        assertThat(Files.readAllLines(path))
                .containsExactly("Scan from: [192.0.2.7] 2026 Scan from: [192.0.2.99]  [2J");
    }

    @Test
    void flush_fileWasRotated_goesOnInANewOne() throws IOException {
        HistoryFile history = open();
        history.add("one");
        history.flush();
        Path rotated = path.resolveSibling("portsentry.history.1");
        Files.move(path, rotated);

        history.add("two");
        history.flush();
        assertThat(rotated).hasContent("one");
        assertThat(path).hasContent("two");

        Files.delete(path);
        history.add("three");
        history.close();
        assertThat(path).hasContent("three");
    }

    @Test
    void flush_diskIsFull_isSaidOnceCountedAndKeptForLater() throws IOException {
        path = Path.of("/dev/full");
        HistoryFile history = open();

        history.add("one");
        history.flush();
        history.add("two");
        history.flush();

        assertThat(counters.fileWritesFailed()).isEqualTo(2);
        assertThat(counters.linesLost()).isZero();
        assertThat(log.lines()).hasSize(1).first().asString()
                .contains("WARN HISTORY_FILE /dev/full cannot be written", "No space left on device");
        history.close();
        assertThat(counters.linesLost()).isEqualTo(2);
    }

    @Test
    void flush_nameBecomesUsableAgain_writesWhatWasKept() throws IOException {
        HistoryFile history = open();
        Files.delete(path);
        Files.createSymbolicLink(path, directory.resolve("elsewhere"));
        history.add("one");
        history.flush();
        assertThat(directory.resolve("elsewhere")).doesNotExist();

        Files.delete(path);
        history.add("two");
        history.flush();

        assertThat(path).hasContent("one\ntwo");
        assertThat(log.lines()).hasSize(2).last().asString().contains("is written again");
        history.close();
    }

    @Test
    void add_whileTheDiskStaysFull_memoryIsBounded() throws IOException {
        path = Path.of("/dev/full");
        HistoryFile history = open();

        for (int i = 0; i < 100_000; i++) {
            history.add("x".repeat(100));
        }

        assertThat(counters.linesLost()).isBetween(70_000L, 99_000L);
        history.close();
        assertThat(counters.linesLost()).isEqualTo(100_000);
    }
}
