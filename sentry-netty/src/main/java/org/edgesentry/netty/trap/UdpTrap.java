package org.edgesentry.netty.trap;

import io.netty.channel.IoEvent;
import io.netty.channel.IoEventLoop;
import io.netty.channel.IoRegistration;
import io.netty.channel.epoll.EpollIoHandle;
import io.netty.channel.epoll.EpollIoOps;
import io.netty.channel.unix.FileDescriptor;
import io.netty.util.concurrent.Future;
import java.io.IOException;

/**
 * A UDP trap on Netty's event loop. Not one of Netty's channels, since these do not tell to which IPv6 address a
 * datagram was sent, and cannot answer from the address that was asked.
 *
 * <p>Thread: the traps' event loop; receiving allocates nothing.
 */
final class UdpTrap implements EpollIoHandle, TrapSocket {

    /** After so many the other traps have their turn; epoll comes back for the rest. */
    private static final int DATAGRAMS_PER_TURN = 64;

    private final FileDescriptor fd;
    private final int port;
    private final boolean steered;
    private final UdpReceiver receiver;
    private IoRegistration registration;

    UdpTrap(int fd, int port, boolean steered, UdpReceiver receiver) {
        this.fd = new FileDescriptor(fd);
        this.port = port;
        this.steered = steered;
        this.receiver = receiver;
    }

    /** Begins to receive; where that fails, the socket is closed. */
    UdpTrap register(IoEventLoop loop) throws IOException {
        Future<IoRegistration> registered = loop.register(this);
        if (!registered.isSuccess()) {
            close();
            throw new IOException("epoll: " + registered.cause());
        }
        registration = registered.getNow();
        registration.submit(EpollIoOps.EPOLLIN);
        return this;
    }

    @Override
    public void handle(IoRegistration at, IoEvent event) {
        for (int i = 0; i < DATAGRAMS_PER_TURN && fd.isOpen() && receiver.receive(fd.intValue(), steered); i++) {
            continue;
        }
    }

    @Override
    public FileDescriptor fd() {
        return fd;
    }

    @Override
    public int port() {
        return port;
    }

    @Override
    public void close() {
        if (registration != null) {
            registration.cancel();
        }
        if (fd.isOpen()) {
            try {
                fd.close();
            } catch (IOException e) {
                throw new IllegalStateException("a UDP trap cannot be closed", e);
            }
        }
    }
}
