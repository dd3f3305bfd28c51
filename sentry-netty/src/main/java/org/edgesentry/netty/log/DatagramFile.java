package org.edgesentry.netty.log;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.edgesentry.netty.system.LibC;

/**
 * The sending end of a datagram socket in the file system, as {@code /dev/log} is one. It is opened with the first
 * message, and anew when the reader was started again. A reader that is stuck costs a fifth of a second once; until it
 * reads again, messages that do not fit its queue are lost at once.
 *
 * <p>Thread: one at a time. Errors: {@link #send} returns false for a message that nobody will read.
 */
final class DatagramFile {

    private static final int NONE = -1;
    private static final long PATIENCE_MICROS = TimeUnit.MILLISECONDS.toMicros(200);
    /** sun_path with the zero at its end. */
    private static final int PATH_BYTES = 108;

    private final byte[] address;
    private int socket = NONE;
    private boolean stuck;

    DatagramFile(String path) {
        byte[] bytes = path.getBytes(StandardCharsets.UTF_8);
        if (bytes.length >= PATH_BYTES) {
            throw new IllegalArgumentException("longer than the path of a socket can be: " + path);
        }
        address = ByteBuffer.allocate(Short.BYTES + PATH_BYTES).order(ByteOrder.nativeOrder())
                .putShort((short) LibC.AF_UNIX).put(bytes).array();
    }

    boolean send(byte[] message) {
        if (socket != NONE && trySend(message)) {
            return true;
        }
        if (socket != NONE && stuck) {
            return false;
        }
        close();
        return open() && trySend(message);
    }

    private boolean trySend(byte[] message) {
        int flags = LibC.MSG_NOSIGNAL | (stuck ? LibC.MSG_DONTWAIT : 0);
        boolean sent = LibC.send(socket, message, message.length, flags) >= 0;
        stuck = !sent && LibC.errno() == LibC.EAGAIN;
        return sent;
    }

    private boolean open() {
        socket = LibC.socket(LibC.AF_UNIX, LibC.SOCK_DGRAM | LibC.SOCK_CLOEXEC, 0);
        if (socket < 0) {
            return false;
        }
        byte[] patience = ByteBuffer.allocate(2 * Long.BYTES).order(ByteOrder.nativeOrder())
                .putLong(0).putLong(PATIENCE_MICROS).array();
        LibC.setsockopt(socket, LibC.SOL_SOCKET, LibC.SO_SNDTIMEO, patience, patience.length);
        if (LibC.connect(socket, address, address.length) < 0) {
            close();
            return false;
        }
        return true;
    }

    void close() {
        if (socket != NONE) {
            LibC.close(socket);
            socket = NONE;
        }
        stuck = false;
    }
}
