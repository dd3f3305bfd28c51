package org.edgesentry.netty.daemon;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.edgesentry.netty.lab.Shell;

/** Which threads of a daemon have waited for a lock that another one held, by its flight recorder. Thread: one. */
final class LockWaits {

    private static final String SETTINGS = """
            <?xml version="1.0" encoding="UTF-8"?>
            <configuration version="2.0">
              <event name="jdk.JavaMonitorEnter">
                <setting name="enabled">true</setting>
                <setting name="stackTrace">true</setting>
                <setting name="threshold">0 ns</setting>
              </event>
            </configuration>
            """;

    private final long pid;
    private final Path recording;

    /** Records from now on. */
    LockWaits(SentryProcess sentry, Path directory) {
        this.pid = sentry.pid();
        this.recording = directory.resolve("locks.jfr");
        try {
            Path settings = Files.writeString(directory.resolve("locks.jfc"), SETTINGS);
            Shell.run("jcmd " + pid + " JFR.start name=locks settings=" + settings + " filename=" + recording);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Ends the recording: a line "thread: frame, frame..." for each wait so far. */
    List<String> stop() {
        Shell.run("jcmd " + pid + " JFR.stop name=locks");
        try {
            return RecordingFile.readAllEvents(recording).stream()
                    .filter(event -> event.getEventType().getName().equals("jdk.JavaMonitorEnter"))
                    .map(LockWaits::words).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String words(RecordedEvent wait) {
        return wait.getThread().getJavaName() + ": " + wait.getStackTrace().getFrames().stream()
                .map(frame -> frame.getMethod().getType().getName() + "." + frame.getMethod().getName())
                .collect(Collectors.joining(", "));
    }
}
