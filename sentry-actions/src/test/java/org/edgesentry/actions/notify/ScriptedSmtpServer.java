package org.edgesentry.actions.notify;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/** A mail server that says what a test wants: by the beginning of the client's line, else 250. */
final class ScriptedSmtpServer implements AutoCloseable {

    private final ServerSocket listener = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
    private final List<String> heard = new CopyOnWriteArrayList<>();
    private final Map<String, String> answers;

    /** The answer to nothing is the greeting; an empty answer is none at all. */
    ScriptedSmtpServer(Map<String, String> answers) throws IOException {
        this.answers = answers;
        Thread thread = new Thread(this::serve, "scripted-smtp");
        thread.setDaemon(true);
        thread.start();
    }

    int port() {
        return listener.getLocalPort();
    }

    List<String> heard() {
        return heard;
    }

    private void serve() {
        while (!listener.isClosed()) {
            try (Socket client = listener.accept()) {
                converse(client);
            } catch (IOException e) {
                // The client has hung up, or the test is over.
                continue;
            }
        }
    }

    private void converse(Socket client) throws IOException {
        BufferedReader lines = new BufferedReader(
                new InputStreamReader(client.getInputStream(), StandardCharsets.UTF_8));
        say(client.getOutputStream(), answers.getOrDefault("", "220 scripted"));
        boolean isData = false;
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            heard.add(line);
            boolean endsData = isData && line.equals(".");
            if (!isData || endsData) {
                String answer = endsData ? answers.getOrDefault(".", "250 queued") : answer(line);
                say(client.getOutputStream(), answer);
                isData = answer.startsWith("354");
            }
        }
    }

    private String answer(String line) {
        return answers.entrySet().stream()
                .filter(answer -> !answer.getKey().isEmpty() && line.startsWith(answer.getKey()))
                .map(Map.Entry::getValue).findFirst().orElse(line.equals("DATA") ? "354 go on" : "250 fine");
    }

    private static void say(OutputStream client, String answer) throws IOException {
        if (!answer.isEmpty()) {
            client.write((answer + "\r\n").getBytes(StandardCharsets.UTF_8));
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }
}
