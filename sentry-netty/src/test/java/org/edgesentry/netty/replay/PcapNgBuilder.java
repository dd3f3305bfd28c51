package org.edgesentry.netty.replay;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;

/** Writes pcapng files for tests, block by block. Thread: one. */
public final class PcapNgBuilder {

    private final ByteBuffer bytes = ByteBuffer.allocate(1 << 20);

    /** A new section, of unknown length, in this byte order from here on. */
    public PcapNgBuilder section(ByteOrder order) {
        bytes.order(order);
        return block(0x0A0D0D0A, body(16).putInt(0x1A2B3C4D).putShort((short) 1).putShort((short) 0).putLong(-1));
    }

    /** An interface whose time stamps are microseconds. */
    public PcapNgBuilder describe(int linkType) {
        return block(1, body(8).putShort((short) linkType).putShort((short) 0).putInt(65_535));
    }

    /** An interface with a name, a unit and an offset of its time stamps. */
    public PcapNgBuilder describe(int linkType, int resolution, long offsetSeconds) {
        ByteBuffer body = body(40).putShort((short) linkType).putShort((short) 0).putInt(0);
        body.putShort((short) 2).putShort((short) 4).put(new byte[] {'e', 't', 'h', '0'});
        body.putShort((short) 9).putShort((short) 1).put((byte) resolution).put(new byte[3]);
        body.putShort((short) 14).putShort((short) 8).putLong(offsetSeconds);
        return block(1, body.putInt(0));
    }

    /** An enhanced packet block, with a comment behind the frame. */
    public PcapNgBuilder enhanced(int on, long units, byte[] frame) {
        ByteBuffer body = body(20 + padded(frame.length) + 12).putInt(on).putInt((int) (units >>> 32))
                .putInt((int) units).putInt(frame.length).putInt(frame.length).put(frame);
        body.position(20 + padded(frame.length)).putShort((short) 1).putShort((short) 2);
        body.put(new byte[] {'h', 'i', 0, 0});
        return block(6, body.putInt(0));
    }

    /** A packet block as it was before there were enhanced ones. */
    public PcapNgBuilder obsolete(int on, long units, byte[] frame) {
        return block(2, body(20 + padded(frame.length)).putShort((short) on).putShort((short) 0)
                .putInt((int) (units >>> 32)).putInt((int) units).putInt(frame.length).putInt(frame.length).put(frame));
    }

    /** A packet without interface and time. */
    public PcapNgBuilder simple(byte[] frame) {
        return block(3, body(4 + padded(frame.length)).putInt(frame.length).put(frame));
    }

    /** A block of some type that says nothing about packets. */
    public PcapNgBuilder other(int type, int bodyLength) {
        return block(type, body(bodyLength));
    }

    private PcapNgBuilder block(int type, ByteBuffer body) {
        int length = body.capacity() + 12;
        bytes.putInt(type).putInt(length).put(body.array()).putInt(length);
        return this;
    }

    private ByteBuffer body(int length) {
        return ByteBuffer.allocate(length).order(bytes.order());
    }

    private static int padded(int length) {
        return length + 3 & ~3;
    }

    public byte[] bytes() {
        byte[] file = new byte[bytes.position()];
        bytes.get(0, file);
        return file;
    }

    /** Writes the file. */
    public Path to(Path path) {
        return PcapBuilder.write(path, bytes());
    }
}
