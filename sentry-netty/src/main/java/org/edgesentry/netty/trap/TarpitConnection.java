package org.edgesentry.netty.trap;

import io.netty.channel.Channel;
import io.netty.channel.IoEvent;
import io.netty.channel.IoRegistration;
import io.netty.channel.epoll.EpollIoHandle;
import io.netty.channel.epoll.EpollIoOps;
import io.netty.channel.unix.FileDescriptor;
import io.netty.channel.unix.UnixChannel;

/**
 * A connection in the tarpit. Its channel is never registered, since Netty would read from it to learn of its end;
 * epoll tells that without (EPOLLRDHUP, EPOLLHUP in epoll_ctl(2)).
 *
 * <p>Thread: the traps' event loop.
 */
final class TarpitConnection implements EpollIoHandle, HeldConnection {

    private final Channel connection;
    private final HeldConnections held;
    private IoRegistration registration;

    TarpitConnection(Channel connection, HeldConnections held) {
        this.connection = connection;
        this.held = held;
    }

    void awaitEnd(IoRegistration registered) {
        registration = registered;
        registration.submit(EpollIoOps.EPOLLRDHUP);
    }

    @Override
    public FileDescriptor fd() {
        return ((UnixChannel) connection).fd();
    }

    /** Whatever comes is an end: of the peer's half, or of all. */
    @Override
    public void handle(IoRegistration at, IoEvent event) {
        held.forget(this);
        end();
    }

    @Override
    public void end() {
        if (registration != null) {
            registration.cancel();
        }
        connection.unsafe().closeForcibly();
    }

    @Override
    public void close() {
        end();
    }
}
