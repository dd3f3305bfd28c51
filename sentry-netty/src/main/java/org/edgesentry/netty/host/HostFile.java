package org.edgesentry.netty.host;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

/**
 * Reads files of the system that may be missing, unreadable or strange. A byte that is no character, a line that makes
 * no sense: each costs that line.
 *
 * <p>Thread: one.
 */
final class HostFile {

    /** A file of nonsense is not told line by line. */
    private static final int MAX_PROBLEMS = 10;

    private final List<String> problems;

    /** Problems go onto the list. */
    HostFile(List<String> problems) {
        this.problems = problems;
    }

    /** Hands on the lines one by one, since some of these files are long. */
    void forEachLine(Path file, Consumer<String> line) {
        // InputStreamReader replaces malformed bytes, Files.lines would throw.
        try (BufferedReader reader = new BufferedReader(
                new InputStreamReader(Files.newInputStream(file), StandardCharsets.UTF_8))) {
            for (String text = reader.readLine(); text != null; text = reader.readLine()) {
                handOn(file, text, line);
            }
        } catch (NoSuchFileException e) {
            report(file + " does not exist");
        } catch (IOException e) {
            reportUnreadable(file, e);
        }
    }

    /** The first bytes of a file; none when it is missing, which is no problem, or no ordinary file. */
    byte[] bytes(Path file, int limit) {
        // What is opened without being asked first may be a FIFO, and never answer.
        if (!Files.exists(file)) {
            return new byte[0];
        }
        if (!Files.isRegularFile(file)) {
            report(file + " cannot be read: it is no ordinary file");
            return new byte[0];
        }
        try (InputStream input = Files.newInputStream(file)) {
            byte[] content = input.readNBytes(limit);
            if (content.length == limit && input.read() >= 0) {
                reportTooMany(file);
            }
            return content;
        } catch (NoSuchFileException e) {
            return new byte[0];
        } catch (IOException e) {
            reportUnreadable(file, e);
            return new byte[0];
        }
    }

    /** There is more than a list can hold. */
    void reportTooMany(Path file) {
        report(file + " holds more than is read of it: list addresses that must not be blocked in IGNORE_FILE");
    }

    void reportUnreadable(Path file, Exception e) {
        report(file + " cannot be read: " + e.getMessage());
    }

    private void handOn(Path file, String text, Consumer<String> line) {
        try {
            line.accept(text);
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            report(file + ": cannot make sense of \"" + printable(text) + "\"");
        }
    }

    private void report(String problem) {
        if (problems.size() < MAX_PROBLEMS) {
            problems.add(problem);
        }
    }

    private static String printable(String text) {
        return text.substring(0, Math.min(text.length(), 60)).replaceAll("[^ -~]", "?");
    }
}
