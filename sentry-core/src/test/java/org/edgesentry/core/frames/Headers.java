package org.edgesentry.core.frames;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import org.edgesentry.core.net.Cidr;
import org.edgesentry.core.net.CidrParser;

/** The bytes of single headers. */
final class Headers {

    private static final HexFormat HEX = HexFormat.of();

    private Headers() {
    }

    static byte[] ethernet(int type) {
        return ByteBuffer.allocate(14).put(HEX.parseHex("020000000001020000000002")).putShort((short) type).array();
    }

    static byte[] sll(int type) {
        return ByteBuffer.allocate(16)
                .put(HEX.parseHex("0000000100060200000000010000")).putShort((short) type).array();
    }

    static byte[] sll2(int type) {
        return ByteBuffer.allocate(20).putShort((short) type)
                .put(HEX.parseHex("000000000002000100060200000000010000")).array();
    }

    static byte[] snap(int vendor, int type) {
        return ByteBuffer.allocate(8).putInt(0xAAAA0300 | vendor >>> 16).putShort((short) vendor)
                .putShort((short) type).array();
    }

    static byte[] ipv4(String source, String destination, int optionBytes, int fragmentWord, int next, int length) {
        int headerLength = 20 + optionBytes;
        return ByteBuffer.allocate(headerLength)
                .put((byte) (0x40 | headerLength / 4)).put((byte) 0).putShort((short) (headerLength + length))
                .putInt(fragmentWord)
                .put((byte) 64).put((byte) next).putShort((short) 0)
                .putInt((int) address(source).lo())
                .putInt((int) address(destination).lo())
                .array();
    }

    static byte[] ipv6(String source, String destination, int next, int length) {
        Cidr from = address(source);
        Cidr to = address(destination);
        return ByteBuffer.allocate(40)
                .putInt(0x6000_0000)
                .putShort((short) length).put((byte) next).put((byte) 64)
                .putLong(from.hi()).putLong(from.lo())
                .putLong(to.hi()).putLong(to.lo())
                .array();
    }

    static byte[] tcp(int sourcePort, int destinationPort, int flags) {
        return ByteBuffer.allocate(20)
                .putShort((short) sourcePort).putShort((short) destinationPort)
                .putInt(1000).putInt(0)
                .putShort((short) (0x5000 | flags)).putShort((short) 1024)
                .putInt(0)
                .array();
    }

    static byte[] sctp(int sourcePort, int destinationPort, int chunkType) {
        return ByteBuffer.allocate(32)
                .putShort((short) sourcePort).putShort((short) destinationPort)
                .putInt(0).putInt(0)
                .put((byte) chunkType).put((byte) 0).putShort((short) 20)
                .putInt(77)
                .array();
    }

    static byte[] shorts(int... values) {
        ByteBuffer bytes = ByteBuffer.allocate(values.length * 2);
        for (int value : values) {
            bytes.putShort((short) value);
        }
        return bytes.array();
    }

    private static Cidr address(String text) {
        return CidrParser.parse(text);
    }
}
