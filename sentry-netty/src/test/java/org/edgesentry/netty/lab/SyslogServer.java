package org.edgesentry.netty.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** rsyslog with a configuration of the test's own; what it receives it writes as {@code facility.severity tag text}. */
public final class SyslogServer implements AutoCloseable {

    private final Path received;
    private final Process process;

    /**
     * Starts the server.
     *
     * @param prefix the words that enter a namespace
     * @param directory for its files
     * @param inputs the lines of rsyslog.conf that say where messages come from
     */
    public SyslogServer(List<String> prefix, Path directory, String inputs) throws IOException {
        Shell.need("rsyslogd", "rsyslog");
        received = Files.writeString(directory.resolve("received"), "");
        Path configuration = Files.writeString(directory.resolve("rsyslog.conf"), """
                global(workDirectory="%1$s")
                %2$s
                template(name="line" type="string"
                         string="%%syslogfacility-text%%.%%syslogseverity-text%% %%app-name%% %%syslogtag%% %%msg%%\\n")
                action(type="omfile" file="%1$s/received" template="line" asyncWriting="off" flushOnTXEnd="on")
                """.formatted(directory, inputs));
        List<String> command = new ArrayList<>(prefix);
        command.addAll(List.of("rsyslogd", "-n", "-f", configuration.toString(), "-i", directory + "/pid"));
        process = new ProcessBuilder(command).redirectErrorStream(true)
                .redirectOutput(directory.resolve("rsyslog.out").toFile()).start();
    }

    /** What was received so far. */
    public List<String> lines() {
        try {
            return Files.readAllLines(received);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** Waits for a line that matches. */
    public void awaitLine(String pattern) {
        await("syslog line " + pattern).atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
            assertThat(process.isAlive()).as("rsyslogd runs").isTrue();
            assertThat(lines()).anyMatch(line -> line.matches(pattern));
        });
    }

    /** Stops the server from reading, or lets it go on. */
    public void signal(String name) {
        Shell.run("kill -" + name + " " + process.pid());
    }

    @Override
    public void close() {
        process.destroyForcibly();
        process.onExit().join();
    }
}
