package org.edgesentry.netty.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.edgesentry.netty.lab.Shell;

/** The launcher, started as an administrator starts it, with the console lines that it has printed. Thread: any. */
public final class SentryProcess implements AutoCloseable {

    private static final Path LAUNCHER = Path.of(System.getProperty("sentry.checkout", ".."), "sentry");
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Process process;
    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final Thread reader = new Thread(this::read, "console");

    /** Starts it; prefix is what comes before, such as the words that enter a namespace. */
    public SentryProcess(List<String> prefix, String... arguments) {
        this(prefix, LAUNCHER, Path.of("."), arguments);
    }

    SentryProcess(List<String> prefix, Path launcher, Path directory, String... arguments) {
        List<String> command = new ArrayList<>(prefix);
        command.add(launcher.toAbsolutePath().toString());
        command.addAll(List.of(arguments));
        try {
            process = new ProcessBuilder(command).directory(directory.toFile()).redirectErrorStream(true).start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        reader.setDaemon(true);
        reader.start();
    }

    static Path launcher() {
        return LAUNCHER;
    }

    private void read() {
        try (BufferedReader output = new BufferedReader(
                new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                lines.add(line);
            }
        } catch (IOException e) {
            lines.add("console: " + e);
        }
    }

    /** Waits until it says that it is active. */
    public SentryProcess awaitReady() {
        awaitLine("is now active and listening");
        return this;
    }

    /** Waits for a line in which the pattern is found. */
    public void awaitLine(String pattern) {
        Pattern compiled = Pattern.compile(pattern);
        await("console line with " + pattern).atMost(PATIENCE).pollInterval(Duration.ofMillis(10))
                .failFast(() -> assertThat(process.isAlive() || reader.isAlive()
                        || lines.stream().anyMatch(line -> compiled.matcher(line).find()))
                        .as("still running; it ended with %d and said %s", status(), lines).isTrue())
                .untilAsserted(() -> assertThat(lines).anyMatch(line -> compiled.matcher(line).find()));
    }

    private int status() {
        return process.isAlive() ? 0 : process.exitValue();
    }

    /** What it has printed so far. */
    public List<String> lines() {
        return List.copyOf(lines);
    }

    /** Lines that tell of probes, scans or blocks. */
    public List<String> alerts() {
        return lines.stream().filter(line -> line.contains("Scan from:") || line.contains("attackalert")).toList();
    }

    /** Waits until the process has ended by itself; its exit status. */
    public int awaitExit() {
        try {
            assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).as("%s has ended", lines).isTrue();
            reader.join(PATIENCE.toMillis());
            return process.exitValue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** Sends SIGTERM; the exit status. */
    public int terminate() {
        process.toHandle().destroy();
        return awaitExit();
    }

    /** Sends SIGKILL: nothing is cleaned up. */
    public void kill() {
        process.destroyForcibly();
        awaitExit();
    }

    /** Sends SIGHUP, at which a daemon reads its configuration and its ignore list again. */
    public void hangUp() {
        Shell.run("kill -HUP " + process.pid());
    }

    /** The daemon's process number; the launcher turns into the daemon. */
    public long pid() {
        return process.pid();
    }

    /** Resident memory in bytes, as the kernel counts it. */
    long residentBytes() throws IOException {
        String status = Files.readString(Path.of("/proc", String.valueOf(process.pid()), "status"));
        String line = status.lines().filter(text -> text.startsWith("VmRSS:")).findFirst().orElseThrow();
        return Long.parseLong(line.replaceAll("\\D", "")) * 1024;
    }

    @Override
    public void close() {
        if (process.isAlive()) {
            terminate();
        }
    }
}
