package org.edgesentry.netty.control;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.epoll.EpollServerDomainSocketChannel;
import io.netty.channel.unix.DomainSocketAddress;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Path;
import org.edgesentry.core.limits.Limits;
import org.edgesentry.core.time.WallClock;
import org.edgesentry.netty.loop.ServerLoop;
import org.edgesentry.netty.system.LibC;

/**
 * The control socket: a Unix socket on which root and the daemon's user ask and command the running daemon. One line of
 * JSON in, one JSON document out, then the connection is closed.
 *
 * <p>Thread: {@code sentry-control} alone reads, writes and makes answers; {@link #open} and {@link #close} may be
 * called by any thread but that one. Errors: an {@link IOException} whose message is a line for the administrator.
 */
public final class ControlServer implements AutoCloseable {

    private final ServerLoop loop = new ServerLoop("sentry-control");
    private final ControlCounters counters = new ControlCounters();
    private final Channel channel;

    /** What all connections share. */
    record Parts(PeerGate gate, ControlDesk desk, ControlCounters counters, Refusals refusals,
                 ControlDeadlines deadlines) {
    }

    private ControlServer(Path socket, Operator operator, WallClock clock, ControlDeadlines deadlines)
            throws IOException {
        Parts parts = new Parts(new PeerGate(), new ControlDesk(operator, clock), counters,
                new Refusals(counters, clock), deadlines);
        ChannelFuture bound = loop.bind(bootstrap(parts), new DomainSocketAddress(socket.toFile()));
        if (!bound.isSuccess()) {
            throw cannotOpen(socket, bound.cause());
        }
        channel = bound.channel();
    }

    /** Opens the socket, with mode 0600; the file of a daemon that is dead is replaced. */
    public static ControlServer open(Path socket, Operator operator, WallClock clock) throws IOException {
        return open(socket, operator, clock, ControlDeadlines.USUAL);
    }

    static ControlServer open(Path socket, Operator operator, WallClock clock, ControlDeadlines deadlines)
            throws IOException {
        try {
            ControlSocketFile.removeStale(socket);
        } catch (ControlSocketFile.NoSocketException e) {
            throw e;
        } catch (IOException e) {
            throw cannotOpen(socket, e);
        }
        return new ControlServer(socket, operator, clock, deadlines);
    }

    /** What came in so far. Thread: any. */
    public ControlCounters counters() {
        return counters;
    }

    private ServerBootstrap bootstrap(Parts parts) {
        return loop.server(Limits.CONTROL_CONNECTIONS, () -> new ControlConnection(parts),
                cause -> parts.refusals().count(Refusal.TOO_MANY,
                        "a connection could not be accepted: " + cause.getMessage()))
                .channelFactory(ControlServer::privateSocket);
    }

    /** Linux makes the file with the mode of the socket, so that nobody else can connect at any moment. */
    private static EpollServerDomainSocketChannel privateSocket() {
        EpollServerDomainSocketChannel socket = new EpollServerDomainSocketChannel();
        if (LibC.fchmod(socket.fd().intValue(), ControlSocketFile.MODE) < 0) {
            IllegalStateException failure = new IllegalStateException(LibC.failure("fchmod"));
            socket.unsafe().closeForcibly();
            throw failure;
        }
        return socket;
    }

    private static IOException cannotOpen(Path socket, Throwable cause) {
        String reason = cause instanceof AccessDeniedException ? "Permission denied" : ServerLoop.reason(cause);
        return new IOException("cannot open the control socket " + socket + " (" + reason
                + "); run as root, or set CONTROL_SOCKET to a place that can be written", cause);
    }

    /** Closes all connections and removes the file. */
    @Override
    public void close() {
        loop.close(channel);
    }
}
