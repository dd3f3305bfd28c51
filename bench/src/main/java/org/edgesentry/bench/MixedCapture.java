package org.edgesentry.bench;

import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;

/**
 * Writes a capture for {@code bench/replay.sh}: what a busy network of 254 hosts sees, 100,000 packets a second. Of ten
 * packets six are data of established connections, three are SYN of 100,000 sources and one is a datagram. The same
 * arguments make the same file.
 *
 * <p>Thread: main.
 */
public final class MixedCapture {

    private static final int MAGIC_NANOS = 0xA1B23C4D;
    private static final int ETHERNET = 1;
    private static final int FRAME_BYTES = 1_514;
    private static final int SECOND_PACKETS = 100_000;
    private static final int FIRST_SECOND = 1_400_000_000;
    private static final int HOME = 0xC0000200;
    private static final int CLIENTS = 0xCB007100;
    private static final int STRANGERS = 0x0A000000;
    private static final int STRANGERS_COUNT = 100_000;
    private static final int SYN = 2;
    private static final int ACK = 16;

    private final Random random = new Random(1);
    private final ByteBuffer frame = ByteBuffer.allocate(FRAME_BYTES);

    private MixedCapture() {
    }

    /** Arguments: file, number of packets. */
    public static void main(String[] args) throws IOException {
        int packets = Integer.parseInt(args[1]);
        try (DataOutputStream out = new DataOutputStream(
                new BufferedOutputStream(Files.newOutputStream(Path.of(args[0])), 1 << 20))) {
            new MixedCapture().write(out, packets);
        }
    }

    private void write(DataOutputStream out, int packets) throws IOException {
        for (int field : new int[] {MAGIC_NANOS, 2 << 16 | 4, 0, 0, FRAME_BYTES, ETHERNET}) {
            out.writeInt(field);
        }
        for (int i = 0; i < packets; i++) {
            fill(i % 10);
            out.writeInt(FIRST_SECOND + i / SECOND_PACKETS);
            out.writeInt(i % SECOND_PACKETS * (1_000_000_000 / SECOND_PACKETS));
            out.writeInt(frame.position());
            out.writeInt(frame.position());
            out.write(frame.array(), 0, frame.position());
        }
    }

    private void fill(int kind) {
        int host = HOME + 1 + random.nextInt(254);
        int client = CLIENTS + random.nextInt(254);
        int clientPort = 32_768 + random.nextInt(64);
        frame.clear();
        if (kind < 3) {
            tcp(client, host, clientPort, 443, ACK, random.nextInt(200));
        } else if (kind < 6) {
            tcp(host, client, 443, clientPort, ACK, random.nextInt(1_400));
        } else if (kind < 9) {
            tcp(STRANGERS + random.nextInt(STRANGERS_COUNT), host, 40_000, 1 + random.nextInt(1_024), SYN, 0);
        } else {
            udp(host, client, clientPort, 53, 40);
        }
    }

    private void tcp(int source, int destination, int sourcePort, int port, int flags, int payload) {
        ip(6, source, destination, 20 + payload);
        frame.putShort((short) sourcePort).putShort((short) port).putInt(random.nextInt()).putInt(1);
        frame.put((byte) 0x50).put((byte) flags).putShort((short) 1_024).putInt(0);
        frame.position(frame.position() + payload);
    }

    private void udp(int source, int destination, int sourcePort, int port, int payload) {
        ip(17, source, destination, 8 + payload);
        frame.putShort((short) sourcePort).putShort((short) port).putShort((short) (8 + payload)).putShort((short) 0);
        frame.position(frame.position() + payload);
    }

    private void ip(int protocol, int source, int destination, int payload) {
        frame.putLong(0x02_00_00_00_00_01_02_00L).putInt(2).putShort((short) 0x0800);
        frame.putShort((short) 0x4500).putShort((short) (20 + payload)).putInt(0).put((byte) 64).put((byte) protocol);
        frame.putShort((short) 0).putInt(source).putInt(destination);
    }
}
