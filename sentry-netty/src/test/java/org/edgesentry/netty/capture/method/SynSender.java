package org.edgesentry.netty.capture.method;

import com.sun.jna.Native;
import com.sun.jna.Pointer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HexFormat;
import org.edgesentry.netty.host.Interfaces;

/**
 * Sends TCP SYNs from 10.77.0.1 to a port of 10.77.0.2 as raw frames, as many as asked for, each from another source
 * port. Arguments: interface, MAC of the receiver, number, port, then the type and tag of each VLAN tag in hex. With
 * {@code -Doptions=BYTES} one from fd77::1 to fd77::2 instead, behind as many bytes of destination options (RFC 8200).
 */
public final class SynSender {

    private static final int AF_PACKET = 17;
    private static final int SOCK_RAW = 3;
    private static final int SOCKADDR_LL_BYTES = 20;

    static {
        Native.register(SynSender.class, "c");
    }

    private SynSender() {
    }

    static native int socket(int domain, int type, int protocol);

    static native long sendto(int socket, long buffer, long bytes, int flags, long address, int addressBytes);

    /** Prints {@code SENT n}. */
    public static void main(String[] arguments) {
        int index = Interfaces.read().value().byName(arguments[0]).orElseThrow().index();
        int count = Integer.parseInt(arguments[2]);
        int options = Integer.getInteger("options", 0);
        ByteBuffer frame = ByteBuffer.allocateDirect(128 + options);
        frame.put(HexFormat.ofDelimiter(":").parseHex(arguments[1])).put(new byte[] {2, 0, 0, 0, 0, 1});
        for (int i = 4; i < arguments.length; i++) {
            frame.putShort((short) Integer.parseInt(arguments[i], 16));
        }
        frame.putShort((short) (options == 0 ? 0x0800 : 0x86dd));
        int network = frame.position();
        if (options == 0) {
            writeSyn(frame, Integer.parseInt(arguments[3]));
        } else {
            writeSynBehindOptions(frame, Integer.parseInt(arguments[3]), options);
        }
        ByteBuffer address = ByteBuffer.allocateDirect(SOCKADDR_LL_BYTES).order(ByteOrder.nativeOrder());
        address.putShort(0, (short) AF_PACKET).putInt(4, index);
        int socket = socket(AF_PACKET, SOCK_RAW, 0);
        int sources = Integer.getInteger("sources", 1);
        if (options > 0) {
            send(socket, frame, address);
        }
        for (int i = 0; i < count && options == 0; i++) {
            frame.put(network + 15, (byte) (1 + i % sources));
            frame.putShort(network + 20, (short) (1024 + i % 60_000)).putInt(network + 24, i);
            send(socket, frame, address);
        }
        System.out.println("SENT " + count);
    }

    private static void writeSyn(ByteBuffer frame, int port) {
        frame.putInt(0x45000028).putInt(0).putShort((short) 0x4006).putShort((short) 0);
        frame.putInt(0x0a4d0001).putInt(0x0a4d0002);
        writeTcp(frame, port);
    }

    private static void writeTcp(ByteBuffer frame, int port) {
        frame.putShort((short) 40_000).putShort((short) port).putInt(1).putInt(0).putInt(0x50020400).putInt(0);
    }

    /** The options are one of padding. */
    private static void writeSynBehindOptions(ByteBuffer frame, int port, int optionBytes) {
        frame.putInt(0x60000000).putShort((short) (optionBytes + 20)).put((byte) 60).put((byte) 64);
        frame.putLong(0xfd77_0000_0000_0000L).putLong(1).putLong(0xfd77_0000_0000_0000L).putLong(2);
        frame.put((byte) 6).put((byte) (optionBytes / 8 - 1)).put((byte) 1).put((byte) (optionBytes - 4));
        frame.put(new byte[optionBytes - 4]);
        writeTcp(frame, port);
    }

    /** Again while the queue is full: what was counted as sent must have been sent. */
    private static void send(int socket, ByteBuffer frame, ByteBuffer address) {
        long sent;
        do {
            sent = sendto(socket, Pointer.nativeValue(Native.getDirectBufferPointer(frame)), frame.position(), 0,
                    Pointer.nativeValue(Native.getDirectBufferPointer(address)), SOCKADDR_LL_BYTES);
        } while (sent != frame.position());
    }
}
