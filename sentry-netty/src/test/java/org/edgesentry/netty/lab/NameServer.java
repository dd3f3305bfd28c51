package org.edgesentry.netty.lab;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * A name server for the addresses of scanners, some of whose owners mean no good: 10.77.0.1 is {@value #GOOD_NAME},
 * 10.77.0.11 has shell text and line ends in its name, 10.77.0.12 the longest name that there is; for all others there
 * is no answer at all. All names lead back to their address.
 */
public final class NameServer implements AutoCloseable {

    /** The name of 10.77.0.1. */
    public static final String GOOD_NAME = "scanner.example";

    private static final int QUESTION = 12;
    private static final int TYPE_A = 1;
    private static final int TYPE_PTR = 12;
    private static final Map<String, List<String>> NAMES = Map.of(
            "1", List.of("scanner", "example"),
            "11", List.of("x\nScan from: [1.1.1.1]; $(touch /tmp/pwned) `id` |'\"", "example"),
            "12", List.of("l".repeat(63), "l".repeat(63), "l".repeat(63), "l".repeat(61)));
    private static final Map<Character, Integer> LAST_BYTE = Map.of('s', 1, 'x', 11, 'l', 12);

    private final Process process;

    /** Starts the server in a JVM of its own behind the words that enter a namespace. */
    public NameServer(List<String> prefix) throws IOException {
        List<String> command = new ArrayList<>(prefix);
        command.addAll(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx32m", "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                NameServer.class.getName()));
        process = new ProcessBuilder(command).redirectErrorStream(true).start();
        if (process.getInputStream().read() != 'r') {
            throw new IOException("the name server did not start");
        }
    }

    /** The server itself. */
    public static void main(String[] arguments) throws IOException {
        try (DatagramSocket socket = new DatagramSocket(53, InetAddress.getByName("127.0.0.1"))) {
            System.out.println("ready");
            while (true) {
                DatagramPacket packet = new DatagramPacket(new byte[512], 512);
                socket.receive(packet);
                byte[] answer = answer(packet.getData());
                if (answer.length > 0) {
                    socket.send(new DatagramPacket(answer, answer.length, packet.getSocketAddress()));
                }
            }
        }
    }

    /** RFC 1035, section 4: the question as it came, and one record for it. */
    private static byte[] answer(byte[] query) throws IOException {
        int end = QUESTION;
        while (query[end] != 0) {
            end += query[end] + 1;
        }
        int type = query[end + 1] << 8 | query[end + 2];
        String firstLabel = new String(query, QUESTION + 1, query[QUESTION], StandardCharsets.ISO_8859_1);
        byte[] data = type == TYPE_PTR ? name(firstLabel) : address(firstLabel, type);
        boolean answers = type != TYPE_PTR || NAMES.containsKey(firstLabel);
        return answers ? record(query, end + 5, type, data) : new byte[0];
    }

    private static byte[] name(String lastByte) throws IOException {
        ByteArrayOutputStream name = new ByteArrayOutputStream();
        for (String label : NAMES.getOrDefault(lastByte, List.of())) {
            byte[] bytes = label.getBytes(StandardCharsets.ISO_8859_1);
            name.write(bytes.length);
            name.write(bytes);
        }
        name.write(0);
        return name.toByteArray();
    }

    private static byte[] address(String firstLabel, int type) {
        int lastByte = LAST_BYTE.getOrDefault(firstLabel.charAt(0), 99);
        return type == TYPE_A ? new byte[] {10, 77, 0, (byte) lastByte} : new byte[0];
    }

    private static byte[] record(byte[] query, int questionEnd, int type, byte[] data) {
        ByteBuffer answer = ByteBuffer.allocate(questionEnd + QUESTION + data.length);
        int records = data.length == 0 ? 0 : 1;
        answer.put(query, 0, 2).putShort((short) 0x8180).putShort((short) 1).putShort((short) records).putInt(0);
        answer.put(query, QUESTION, questionEnd - QUESTION);
        if (records == 0) {
            return Arrays.copyOf(answer.array(), answer.position());
        }
        answer.putShort((short) 0xC00C).putShort((short) type).putShort((short) 1).putInt(60);
        return answer.putShort((short) data.length).put(data).array();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
