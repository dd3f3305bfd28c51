package org.edgesentry.actions.kernel;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.edgesentry.actions.firewall.FirewallBench;

/**
 * A child JVM inside a network namespace that does what it is told, a line a command: a namespace belongs to a process
 * from its start, so the firewall under test cannot run in the test's own JVM.
 */
public final class NamespaceAgent {

    private static final int CONNECT_MILLIS = 500;

    private final FirewallBench bench = new FirewallBench();

    private NamespaceAgent() {
    }

    /** Answers each line of standard input with one line. */
    public static void main(String[] arguments) throws IOException {
        NamespaceAgent agent = new NamespaceAgent();
        BufferedReader commands = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = commands.readLine(); line != null; line = commands.readLine()) {
            System.out.println(agent.answer(line.split(" ")));
        }
    }

    private String answer(String[] words) {
        try {
            return switch (words[0]) {
                case "serve" -> serve(Integer.parseInt(words[1]));
                case "reach" -> reach(words[1], words[2], Integer.parseInt(words[3]));
                default -> bench.answer(words);
            };
        } catch (Exception e) {
            return "failed " + e;
        }
    }

    private static String serve(int port) throws IOException {
        ServerSocket server = new ServerSocket(port, 100);
        Thread acceptor = new Thread(() -> {
            while (!server.isClosed()) {
                try (Socket connection = server.accept()) {
                    connection.getOutputStream().write('!');
                } catch (IOException e) {
                    continue;
                }
            }
        });
        acceptor.setDaemon(true);
        acceptor.start();
        return "ok";
    }

    private static String reach(String source, String destination, int port) {
        try (Socket socket = new Socket()) {
            socket.bind(new InetSocketAddress(InetAddress.getByName(source), 0));
            socket.connect(new InetSocketAddress(InetAddress.getByName(destination), port), CONNECT_MILLIS);
            socket.setSoTimeout(CONNECT_MILLIS);
            return socket.getInputStream().read() == '!' ? "yes" : "no";
        } catch (IOException e) {
            return "no";
        }
    }

    /** Starts one, behind the words that put it into its namespace. */
    static Remote start(List<String> wrapper) {
        List<String> command = new ArrayList<>(wrapper);
        command.addAll(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xshare:auto",
                "-XX:TieredStopAtLevel=1", "-cp", System.getProperty("java.class.path"),
                NamespaceAgent.class.getName()));
        try {
            return new Remote(new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The test's end of the line. */
    public static final class Remote implements AutoCloseable {

        private final Process process;
        private final PrintWriter commands;
        private final BufferedReader answers;

        private Remote(Process process) {
            this.process = process;
            this.commands = new PrintWriter(process.outputWriter(StandardCharsets.UTF_8), true);
            this.answers = process.inputReader(StandardCharsets.UTF_8);
        }

        /** Sends a command and gives the answer. */
        public String ask(String command) {
            commands.println(command);
            try {
                String answer = answers.readLine();
                if (answer == null) {
                    throw new IllegalStateException("no answer to: " + command);
                }
                return answer;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        /** Whether the source gets an answer from the service. */
        public boolean reaches(String source, String destination, int port) {
            return "yes".equals(ask("reach " + source + " " + destination + " " + port));
        }

        @Override
        public void close() {
            commands.close();
            process.destroyForcibly().onExit().join();
        }
    }
}
