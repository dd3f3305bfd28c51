package org.edgesentry.netty.lab;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A real service for scanners and honest clients to find: greets on a TCP port, over both address families. */
public final class GreetingService implements AutoCloseable {

    /** What a client reads. */
    public static final String GREETING = "welcome";

    private final Process process;

    /** Starts the service in a JVM of its own behind the words that enter a namespace. */
    public GreetingService(List<String> prefix, int port) throws IOException {
        List<String> command = new ArrayList<>(prefix);
        command.addAll(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx32m", "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                GreetingService.class.getName(), String.valueOf(port)));
        process = new ProcessBuilder(command).redirectErrorStream(true).start();
        if (process.getInputStream().read() != 'r') {
            throw new IOException("the greeting service did not start");
        }
    }

    /** The service itself. */
    public static void main(String[] arguments) throws IOException {
        try (ServerSocket server = new ServerSocket(Integer.parseInt(arguments[0]))) {
            System.out.println("ready");
            while (true) {
                try (Socket client = server.accept()) {
                    client.getOutputStream().write((GREETING + "\n").getBytes(StandardCharsets.UTF_8));
                } catch (IOException e) {
                    System.out.println("a client went away: " + e.getMessage());
                }
            }
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
