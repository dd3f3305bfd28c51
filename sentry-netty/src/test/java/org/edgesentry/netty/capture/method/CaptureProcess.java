package org.edgesentry.netty.capture.method;

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
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A {@link CaptureChild} in a JVM of its own, and the lines that it has printed. */
final class CaptureProcess implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Process process;
    private final PrintStream commands;
    private final long receivedAtStart;
    private final List<String> lines = new CopyOnWriteArrayList<>();

    /** Starts it; prefix is what comes before the java command, such as the words that enter a namespace. */
    CaptureProcess(List<String> prefix, List<String> javaOptions, String... arguments) {
        List<String> command = javaCommand(prefix, javaOptions, CaptureChild.class);
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
        boolean ready = awaitLine("READY |FAILED ").startsWith("READY");
        receivedAtStart = ready ? statistic("received") : 0;
    }

    static List<String> javaCommand(List<String> prefix, List<String> javaOptions, Class<?> main) {
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

    List<String> lines() {
        return List.copyOf(lines);
    }

    List<String> events() {
        return lines.stream().filter(line -> line.startsWith("EVENT ")).toList();
    }

    /** The first line, from now on or before, in which the pattern is found. */
    String awaitLine(String pattern) {
        awaitLines(pattern, 1);
        return matching(pattern).get(0);
    }

    List<String> awaitLines(String pattern, int count) {
        await("line with " + pattern).atMost(PATIENCE).pollInterval(Duration.ofMillis(10)).untilAsserted(() ->
                assertThat(matching(pattern)).as("%s in %s", pattern, lines).hasSizeGreaterThanOrEqualTo(count));
        return matching(pattern);
    }

    private List<String> matching(String pattern) {
        Pattern compiled = Pattern.compile(pattern);
        return lines.stream().filter(line -> compiled.matcher(line).find()).toList();
    }

    void send(String command) {
        commands.println(command);
    }

    /** Sends a command and waits for its answer, which begins with the given word. */
    String ask(String command, String answer) {
        int before = matching("^" + answer).size();
        send(command);
        List<String> answers = awaitLines("^" + answer, before + 1);
        return answers.get(answers.size() - 1);
    }

    /** A field of the capture's statistics. */
    long statistic(String field) {
        String line = ask("statistics", "STATISTICS");
        Matcher matcher = Pattern.compile(field + "=(\\d+)").matcher(line);
        assertThat(matcher.find()).as(line).isTrue();
        return Long.parseLong(matcher.group(1));
    }

    /** Packets that the kernel has handed over since; libpcap gets some before its filter is in place. */
    long received() {
        return statistic("received") - receivedAtStart;
    }

    @Override
    public void close() {
        commands.close();
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError("the capture does not end: " + lines);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
