package org.edgesentry.netty.host;

import java.io.BufferedReader;
import java.io.IOException;
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
            report(file + " cannot be read: " + e.getMessage());
        }
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
