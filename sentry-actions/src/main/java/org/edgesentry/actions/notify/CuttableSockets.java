package org.edgesentry.actions.notify;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.SocketFactory;

/**
 * Plain sockets that can all be closed at once, whatever somebody waits for on them: a server that sends one byte every
 * nine seconds never runs into a timeout of reading.
 *
 * <p>Thread: any.
 */
final class CuttableSockets extends SocketFactory {

    private final List<Socket> sockets = new CopyOnWriteArrayList<>();
    private volatile boolean cut;

    /** Closes them, and those that are still to come. */
    void cut() {
        cut = true;
        sockets.forEach(CuttableSockets::close);
    }

    boolean isCut() {
        return cut;
    }

    @Override
    public Socket createSocket() {
        Socket socket = new Socket();
        sockets.add(socket);
        if (cut) {
            close(socket);
        }
        return socket;
    }

    @Override
    public Socket createSocket(String host, int port) throws IOException {
        throw unconnectedOnly();
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress local, int localPort) throws IOException {
        throw unconnectedOnly();
    }

    @Override
    public Socket createSocket(InetAddress host, int port) throws IOException {
        throw unconnectedOnly();
    }

    @Override
    public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort) throws IOException {
        throw unconnectedOnly();
    }

    /** Connecting within the call would have no deadline. */
    private static IOException unconnectedOnly() {
        return new IOException("only unconnected sockets are made here");
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // It is no use any more either way.
            return;
        }
    }
}
