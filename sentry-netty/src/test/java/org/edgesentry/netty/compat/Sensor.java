package org.edgesentry.netty.compat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.edgesentry.netty.daemon.SentryProcess;
import org.edgesentry.netty.lab.TwoHosts;

/**
 * A running daemon, seen as an administrator sees it: its console, its files, the kernel's firewall. What it shows is
 * waited for; what never shows is told together with the console.
 *
 * <p>Thread: the test's.
 *
 * @param hosts where it runs
 * @param process the daemon
 * @param directory where its files are
 */
record Sensor(TwoHosts hosts, SentryProcess process, Path directory) implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(8);

    /** Console lines. */
    List<String> console() {
        return process.lines();
    }

    /** Console lines that match the expression somewhere. */
    List<String> console(String expression) {
        return matching(console(), expression);
    }

    List<String> history() {
        return lines("history");
    }

    List<String> blocked() {
        return lines("blocked");
    }

    /** Lines of a file in the directory; none while it is not there. */
    List<String> lines(String file) {
        try {
            Path path = directory.resolve(file);
            return Files.exists(path) ? Files.readAllLines(path) : List.of();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void awaitConsole(String expression) {
        awaitLine("console", this::console, expression);
    }

    void awaitHistory(String expression) {
        awaitLine("history", this::history, expression);
    }

    void awaitBlockedFile(String expression) {
        awaitLine("blocked file", this::blocked, expression);
    }

    void awaitLine(String file, String expression) {
        awaitLine(file, () -> lines(file), expression);
    }

    private void awaitLine(String where, Callable<List<String>> lines, String expression) {
        await(where).atMost(PATIENCE).pollInterval(Duration.ofMillis(20)).untilAsserted(() ->
                assertThat(matching(lines.call(), expression)).as("a line of %s with %s; the console says\n%s", where,
                        expression, String.join("\n", console())).isNotEmpty());
    }

    /** Waits until the address is in a set of the firewall. */
    void awaitInFirewall(String address) {
        await("firewall").atMost(PATIENCE).untilAsserted(() ->
                assertThat(isInFirewall(address)).as("%s in a set; console: %s", address, console()).isTrue());
    }

    /** Whether one of the firewall's sets of blocks has this element. */
    boolean isInFirewall(String address) {
        return Pattern.compile("[ {]" + Pattern.quote(address) + "[ /,]").matcher(firewall()).find();
    }

    private String firewall() {
        try {
            return Stream.of("blocked4", "blocked6", "nets4", "nets6")
                    .map(set -> hosts.onSensor("nft list set inet edge_sentry " + set)).collect(Collectors.joining());
        } catch (AssertionError noTable) {
            return "";
        }
    }

    /**
     * Makes sure that all that was sent has been dealt with: a scanner of its own probes trap 1, and its line comes
     * after all others.
     */
    void awaitAllSeen(ScanLab lab, Scanner current, String protocol) {
        Scanner last = lab.newScanner();
        if (protocol.equals("TCP")) {
            last.connect(1);
        } else {
            last.datagram(1);
        }
        awaitConsole("from.*\\W" + Pattern.quote(last.v4()) + "\\W");
        current.sendsFromHere();
    }

    /** Lines that speak of this address, on the console and in the history. */
    List<String> linesAbout(String address) {
        String expression = "(^|[^0-9a-f.:])" + Pattern.quote(address) + "($|[^0-9a-f.:])";
        List<String> found = new ArrayList<>(console(expression));
        found.addAll(matching(history(), expression));
        return found;
    }

    /** Ends the daemon by SIGTERM; its status. */
    int terminate() {
        return process.terminate();
    }

    private static List<String> matching(List<String> lines, String expression) {
        Pattern pattern = Pattern.compile(expression);
        return lines.stream().filter(line -> pattern.matcher(line).find()).toList();
    }

    @Override
    public void close() {
        process.close();
    }
}
