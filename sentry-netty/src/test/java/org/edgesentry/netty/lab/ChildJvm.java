package org.edgesentry.netty.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** A class with a main method in a JVM of its own, and the lines that it has printed. */
public class ChildJvm implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Process process;
    private final PrintStream commands;
    private final List<String> lines = new CopyOnWriteArrayList<>();

    /** Starts it; prefix is what comes before the java command, such as the words that enter a namespace. */
    public ChildJvm(List<String> prefix, List<String> javaOptions, Class<?> main, String... arguments) {
        List<String> command = javaCommand(prefix, javaOptions, main);
        command.addAll(List.of(arguments));
        try {
            process = new ProcessBuilder(command).redirectErrorStream(true).start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        commands = new PrintStream(process.getOutputStream(), true);
        Thread reader = new Thread(this::read);
        reader.setDaemon(true);
        reader.start();
    }

    /** The words that start a class of the tests. */
    public static List<String> javaCommand(List<String> prefix, List<String> javaOptions, Class<?> main) {
        List<String> command = new ArrayList<>(prefix);
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(javaOptions);
        command.addAll(List.of("-Xmx128m", "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                main.getName()));
        return command;
    }

    private void read() {
        try (BufferedReader output = new BufferedReader(new InputStreamReader(process.getInputStream()))) {
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                lines.add(line);
            }
        } catch (IOException e) {
            lines.add("OUTPUT " + e);
        }
    }

    /** What it has printed so far. */
    public final List<String> lines() {
        return List.copyOf(lines);
    }

    /** The first line, from now on or before, in which the pattern is found. */
    public final String awaitLine(String pattern) {
        return awaitLines(pattern, 1).get(0);
    }

    /** Waits until the pattern is found in so many lines. */
    public final List<String> awaitLines(String pattern, int count) {
        await("line with " + pattern).atMost(PATIENCE).pollInterval(Duration.ofMillis(10)).untilAsserted(() ->
                assertThat(matching(pattern)).as("%s in %s", pattern, lines).hasSizeGreaterThanOrEqualTo(count));
        return matching(pattern);
    }

    private List<String> matching(String pattern) {
        Pattern compiled = Pattern.compile(pattern);
        return lines.stream().filter(line -> compiled.matcher(line).find()).toList();
    }

    /** Sends a command. */
    public final void send(String command) {
        commands.println(command);
    }

    /** Sends a command and waits for its answer, which begins with the given word. */
    public final String ask(String command, String answer) {
        int before = matching("^" + answer).size();
        send(command);
        List<String> answers = awaitLines("^" + answer, before + 1);
        return answers.get(answers.size() - 1);
    }

    @Override
    public final void close() {
        commands.close();
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError("the process does not end: " + lines);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
