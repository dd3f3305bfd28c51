package org.edgesentry.netty.control;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerDomainSocketChannel;
import io.netty.channel.unix.DomainSocketAddress;
import io.netty.util.concurrent.FastThreadLocalThread;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Path;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import org.edgesentry.core.limits.Limits;
import org.edgesentry.core.time.WallClock;
import org.edgesentry.netty.system.LibC;

/**
 * The control socket: a Unix socket on which root and the daemon's user ask and command the running daemon. One line of
 * JSON in, one JSON document out, then the connection is closed.
 *
 * <p>Thread: {@code sentry-control} alone reads, writes and makes answers; {@link #open} and {@link #close} may be
 * called by any thread but that one. Errors: an {@link IOException} whose message is a line for the administrator.
 */
public final class ControlServer implements AutoCloseable {

    private static final ThreadFactory THREADS = work -> {
        Thread thread = new FastThreadLocalThread(work, "sentry-control");
        thread.setDaemon(true);
        return thread;
    };
    private static final int CLOSE_MILLIS = 500;

    private final EventLoopGroup group = new MultiThreadIoEventLoopGroup(1, THREADS, EpollIoHandler.newFactory());
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
        ChannelFuture bound = bootstrap(parts).bind(new DomainSocketAddress(socket.toFile())).awaitUninterruptibly();
        if (!bound.isSuccess()) {
            close(group);
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
        return new ServerBootstrap().group(group)
                .channelFactory(ControlServer::privateSocket)
                .option(ChannelOption.SO_BACKLOG, Limits.CONTROL_CONNECTIONS)
                .handler(new AcceptFailures(parts.refusals()))
                .childOption(ChannelOption.ALLOW_HALF_CLOSURE, true)
                .childHandler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel connection) {
                        connection.pipeline().addLast(new ControlConnection(parts));
                    }
                });
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
        String words = cause instanceof AccessDeniedException
                ? "Permission denied" : String.valueOf(cause.getMessage());
        return new IOException("cannot open the control socket " + socket + " ("
                + words.substring(words.lastIndexOf(": ") + 1).strip()
                + "); run as root, or set CONTROL_SOCKET to a place that can be written", cause);
    }

    private static void close(EventLoopGroup group) {
        group.shutdownGracefully(0, CLOSE_MILLIS, TimeUnit.MILLISECONDS).awaitUninterruptibly(CLOSE_MILLIS);
    }

    /** Closes all connections and removes the file. */
    @Override
    public void close() {
        channel.close().awaitUninterruptibly(CLOSE_MILLIS);
        close(group);
    }

    /** Accepting fails where descriptors have run out; Netty pauses for a second then and goes on. */
    private static final class AcceptFailures extends ChannelInboundHandlerAdapter {

        private final Refusals refusals;

        AcceptFailures(Refusals refusals) {
            this.refusals = refusals;
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            refusals.count(Refusal.TOO_MANY, "a connection could not be accepted: " + cause.getMessage());
        }
    }
}
