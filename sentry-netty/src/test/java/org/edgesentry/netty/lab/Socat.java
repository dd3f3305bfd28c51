package org.edgesentry.netty.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** One socket as a test needs it, held by a socat of its own: any address, family, option. */
public final class Socat implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final List<String> prefix;
    private final Process process;

    private Socat(List<String> prefix, String... arguments) {
        this.prefix = prefix;
        Shell.need("socat", "socat");
        List<String> command = new ArrayList<>(prefix);
        command.add("socat");
        command.addAll(List.of(arguments));
        try {
            process = new ProcessBuilder(command).redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.to(new File("/dev/null"))).start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A service that echoes, such as {@code TCP4-LISTEN:111,fork}; returns when its port is open. */
    public static Socat service(List<String> prefix, String address) {
        return new Socat(prefix, address, "PIPE").awaitOpen(address);
    }

    /** A service that answers each datagram or connection by a shell command. */
    public static Socat answering(List<String> prefix, String address, String command) {
        return new Socat(prefix, address, "SYSTEM:" + command).awaitOpen(address);
    }

    private Socat awaitOpen(String address) {
        String port = address.replaceAll("^[^:]*:(\\d+).*", "$1");
        List<String> question = new ArrayList<>(prefix);
        question.addAll(List.of("ss", "-Hnltu", "sport = :" + port));
        await(address).atMost(PATIENCE).pollInterval(Duration.ofMillis(5))
                .untilAsserted(() -> assertThat(Shell.run(question)).contains(":" + port));
        return this;
    }

    /** Ends the service; its port is closed when this returns. */
    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        try {
            if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                throw new AssertionError("socat does not end");
            }
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
