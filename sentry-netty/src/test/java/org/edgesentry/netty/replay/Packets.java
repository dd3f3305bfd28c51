package org.edgesentry.netty.replay;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.edgesentry.core.net.Cidr;
import org.edgesentry.core.net.CidrParser;

/** IPv4 packets, and frames around them, for captures of tests. Checksums stay 0. Thread: any. */
public final class Packets {

    private static final int SYN = 2;
    private static final int SYN_ACK = 18;

    private Packets() {
    }

    /** A SYN without link layer. */
    public static byte[] syn(String source, String destination, int port) {
        return tcp(source, 40_000, destination, port, SYN);
    }

    /** The answer to a SYN, without link layer. */
    public static byte[] synAck(String source, int port, String destination) {
        return tcp(source, port, destination, 40_000, SYN_ACK);
    }

    private static byte[] tcp(String source, int sourcePort, String destination, int port, int flags) {
        return ByteBuffer.allocate(40).putInt(0x4500_0028).putInt(0).putInt(0x4006_0000)
                .putInt(address(source)).putInt(address(destination))
                .putShort((short) sourcePort).putShort((short) port).putInt(1_000).putInt(0)
                .put((byte) 0x50).put((byte) flags).putShort((short) 1_024).putInt(0).array();
    }

    private static int address(String text) {
        Cidr address = CidrParser.parse(text);
        return (int) address.lo();
    }

    /** The packet behind a header of zeros that ends with these two bytes. */
    public static byte[] behind(int headerLength, int type, byte[] packet) {
        return ByteBuffer.allocate(headerLength + packet.length).position(headerLength - 2).putShort((short) type)
                .put(packet).array();
    }

    /** The packet in an Ethernet frame. */
    public static byte[] ethernet(byte[] packet) {
        return behind(14, 0x0800, packet);
    }

    /** The packet behind a header of the Linux "any" device, second version. */
    public static byte[] sll2(byte[] packet) {
        return ByteBuffer.allocate(20 + packet.length).putShort((short) 0x0800).position(20).put(packet).array();
    }

    /** The packet behind a loopback header of a machine with that byte order. */
    public static byte[] loopback(ByteOrder order, byte[] packet) {
        return ByteBuffer.allocate(4 + packet.length).order(order).putInt(2).put(packet).array();
    }
}
