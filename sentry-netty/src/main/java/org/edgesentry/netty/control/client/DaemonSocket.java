package org.edgesentry.netty.control.client;

import java.io.IOException;
import java.io.InputStream;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** A connection to the daemon that has asked, as the stream of the answer. Thread: one. */
final class DaemonSocket extends InputStream {

    /** Longer than the daemon takes to say that it is busy. */
    private static final long PATIENCE_MILLIS = TimeUnit.SECONDS.toMillis(20);

    private final SocketChannel channel;
    private final Selector selector;

    private DaemonSocket(SocketChannel channel) throws IOException {
        this.channel = channel;
        channel.configureBlocking(false);
        selector = Selector.open();
        channel.register(selector, SelectionKey.OP_READ);
    }

    /** Connects and asks. */
    static DaemonSocket ask(Path socket, Question question) throws ControlFailure {
        try {
            SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socket));
            try {
                send(channel, question);
                return new DaemonSocket(channel);
            } catch (IOException e) {
                channel.close();
                throw e;
            }
        } catch (IOException | UnsupportedOperationException e) {
            throw new ControlFailure(words(socket, String.valueOf(e.getMessage())), e);
        }
    }

    private static void send(SocketChannel channel, Question question) {
        ByteBuffer line = ByteBuffer.wrap(question.line());
        try {
            while (line.hasRemaining()) {
                channel.write(line);
            }
        } catch (IOException e) {
            // It was refused before it was asked: the answer says why.
        }
    }

    private static String words(Path socket, String reason) {
        if (reason.contains("Permission denied")) {
            return socket + ": permission denied; run it as root, or as the user of the daemon";
        }
        if (reason.contains("No such file") || reason.contains("Connection refused")) {
            return "no daemon listens at " + socket + "; start it with: sentry run";
        }
        return "cannot ask the daemon at " + socket + " (" + reason + "); see whether it runs";
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        ByteBuffer room = ByteBuffer.wrap(buffer, offset, length);
        int count = channel.read(room);
        while (count == 0 && length > 0) {
            if (selector.select(PATIENCE_MILLIS) == 0) {
                throw new IOException("it has said nothing for " + PATIENCE_MILLIS / 1000 + " s");
            }
            selector.selectedKeys().clear();
            count = channel.read(room);
        }
        return count;
    }

    @Override
    public void close() throws IOException {
        selector.close();
        channel.close();
    }
}
