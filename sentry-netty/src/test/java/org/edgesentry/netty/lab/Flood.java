package org.edgesentry.netty.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A steady flood of TCP SYNs from the scanner at one port of the sensor (flood.py): an exact number, never faster than
 * asked for. (trafgen sends what is due in a second all at once.) Ended on close.
 *
 * <p>Thread: one.
 */
public final class Flood implements AutoCloseable {

    /** Whose address is in the packets. */
    public enum Sources {
        /** The scanner's own. */
        ONE,
        /**
         * Any of 11.0.0.0/8, so that hardly any comes twice, and none is an address of these hosts or of a resolver:
         * that one would be judged in another way, and the count of probes be short by it.
         */
        RANDOM
    }

    private final Process process;

    private Flood(Process process) {
        this.process = process;
    }

    /** Begins to send so many SYNs, so many a second. */
    public static Flood start(TwoHosts hosts, Sources sources, int port, int packets, int perSecond) {
        Shell.need("python3", "python3");
        List<String> command = new ArrayList<>(hosts.scannerPrefix());
        command.addAll(List.of("python3", script().toString(), "far",
                hosts.onSensor("cat /sys/class/net/near/address").strip(), TwoHosts.SENSOR_V4, Integer.toString(port),
                Integer.toString(packets), Integer.toString(perSecond), sources == Sources.ONE ? "one" : "random"));
        try {
            return new Flood(new ProcessBuilder(command).redirectErrorStream(true).start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path script() {
        try {
            return Path.of(Flood.class.getResource("flood.py").toURI());
        } catch (URISyntaxException e) {
            throw new UncheckedIOException(new IOException(e));
        }
    }

    /** Waits until all is sent; two minutes at most. */
    public void awaitEnd() {
        try {
            assertThat(process.waitFor(2, TimeUnit.MINUTES)).as("the flood ends").isTrue();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.exitValue()).as(said).isZero();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
