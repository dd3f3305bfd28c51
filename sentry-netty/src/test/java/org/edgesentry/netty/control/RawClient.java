package org.edgesentry.netty.control;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** A peer that sends whatever it likes. Thread: one. */
final class RawClient implements AutoCloseable {

    private final SocketChannel channel;

    RawClient(Path socket) throws IOException {
        channel = SocketChannel.open(StandardProtocolFamily.UNIX);
        channel.connect(UnixDomainSocketAddress.of(socket));
    }

    /** Sends, as far as the other side takes it. */
    RawClient send(byte[] bytes) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        try {
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
        } catch (IOException e) {
            // The server has closed already; its answer can be read.
        }
        return this;
    }

    RawClient send(String text) {
        return send(text.getBytes(StandardCharsets.UTF_8));
    }

    RawClient halfClose() throws IOException {
        channel.shutdownOutput();
        return this;
    }

    /** All that comes until the other side closes. */
    String answer() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        InputStream in = Channels.newInputStream(channel);
        try {
            in.transferTo(bytes);
        } catch (IOException e) {
            // Closed with bytes of ours unread: what was said came before.
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }

    /** The next bytes. */
    int read(ByteBuffer room) throws IOException {
        return channel.read(room);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
