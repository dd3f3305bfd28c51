package org.edgesentry.netty.compat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.edgesentry.netty.lab.TwoHosts;

/** Real services on several ports of a host, for both families, and their ordinary clients. Thread: the test's. */
final class RealServices implements AutoCloseable {

    private final Process process;

    /** Starts them behind the words that enter a namespace; they are open when this returns. */
    RealServices(List<String> prefix, String... ports) {
        List<String> command = new ArrayList<>(prefix);
        command.addAll(List.of("python3", script(), "serve"));
        command.addAll(List.of(ports));
        try {
            process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
            if (process.getInputStream().read() != 'r') {
                throw new IOException("the services did not start");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** So many connections to each port, eight at a time: how many got their answer. */
    static String ask(TwoHosts hosts, String source, String target, int count, String... ports) {
        return hosts.onScannerBash(String.join(" ", "python3", script(), "ask", source, target,
                String.valueOf(count), String.join(" ", ports), "2>&1 | tail -1")).strip();
    }

    /** So many connections one after the other from one source port: how many got their answer. */
    static String askAgain(TwoHosts hosts, String source, int sourcePort, String target, int port, int count) {
        return hosts.onScannerBash(String.join(" ", "python3", script(), "again", source, String.valueOf(sourcePort),
                target, String.valueOf(port), String.valueOf(count), "2>&1 | tail -1")).strip();
    }

    private static String script() {
        try {
            return Path.of(RealServices.class.getResource("clients.py").toURI()).toString();
        } catch (URISyntaxException e) {
            throw new UncheckedIOException(new IOException(e));
        }
    }

    /** Ends them; the ports are closed when this returns. */
    @Override
    public void close() {
        process.destroyForcibly();
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                throw new AssertionError("the services do not end");
            }
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
