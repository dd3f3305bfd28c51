package org.edgesentry.netty.host;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.edgesentry.core.time.SystemWallClock;

/** Watches the host, prints a line for each change and obeys commands on its standard input. */
public final class HostWatchChild {

    private HostWatchChild() {
    }

    /** Ends with the standard input. */
    public static void main(String[] arguments) throws IOException {
        HostView known = HostView.read().value();
        print(known);
        HostWatch watch = HostWatch.start(known, new SystemWallClock(), HostWatchChild::print);
        System.out.println("READY");
        BufferedReader commands = new BufferedReader(new InputStreamReader(System.in));
        for (String line = commands.readLine(); line != null; line = commands.readLine()) {
            switch (line) {
                case "resources" -> System.out.println("RESOURCES descriptors=" + descriptors() + " threads="
                        + Thread.getAllStackTraces().size());
                case "cpu" -> System.out.println("CPU millis=" + watchMillis());
                case "restart" -> {
                    watch.close();
                    watch = HostWatch.start(HostView.read().value(), new SystemWallClock(), HostWatchChild::print);
                    System.out.println("RESTARTED");
                }
                default -> throw new IllegalArgumentException(line);
            }
        }
        watch.close();
    }

    private static void print(HostView view) {
        System.out.println("VIEW own=" + view.own() + " gateways=" + view.gateways() + " interfaces="
                + view.interfaces().names());
    }

    private static long descriptors() throws IOException {
        try (Stream<Path> open = Files.list(Path.of("/proc/self/fd"))) {
            return open.count();
        }
    }

    private static long watchMillis() {
        var threads = ManagementFactory.getThreadMXBean();
        return Thread.getAllStackTraces().keySet().stream().filter(one -> one.getName().equals("sentry-host"))
                .mapToLong(one -> TimeUnit.NANOSECONDS.toMillis(threads.getThreadCpuTime(one.getId()))).sum();
    }
}
