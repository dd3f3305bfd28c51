package org.edgesentry.netty.metrics;

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
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.util.concurrent.FastThreadLocalThread;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import org.edgesentry.core.limits.Limits;
import org.edgesentry.core.time.WallClock;

/**
 * The metrics endpoint: {@code GET /metrics} over HTTP/1, one request a connection, for whoever can connect.
 *
 * <p>Thread: {@code sentry-metrics} alone reads, makes the page and writes; {@link #open} and {@link #close} may be
 * called by any thread but that one. Errors: an {@link IOException} whose message is a line for the administrator.
 */
public final class MetricsServer implements AutoCloseable {

    private static final ThreadFactory THREADS = work -> {
        Thread thread = new FastThreadLocalThread(work, "sentry-metrics");
        thread.setDaemon(true);
        return thread;
    };
    private static final int CLOSE_MILLIS = 500;

    private final EventLoopGroup group = new MultiThreadIoEventLoopGroup(1, THREADS, EpollIoHandler.newFactory());
    private final Channel channel;

    private MetricsServer(InetSocketAddress address, MetricsDesk desk, long deadlineMillis) throws IOException {
        ChannelFuture bound = bootstrap(desk, deadlineMillis).bind(address).awaitUninterruptibly();
        if (!bound.isSuccess()) {
            close(group);
            throw cannotOpen(address, bound.cause());
        }
        channel = bound.channel();
    }

    /** Opens the endpoint. */
    public static MetricsServer open(InetSocketAddress address, MetricsReadings readings, WallClock clock)
            throws IOException {
        return open(address, readings, clock, TimeUnit.SECONDS.toMillis(Limits.METRICS_CONNECTION_SECONDS));
    }

    static MetricsServer open(InetSocketAddress address, MetricsReadings readings, WallClock clock,
                              long deadlineMillis) throws IOException {
        EndpointCounters counters = new EndpointCounters();
        return new MetricsServer(address, new MetricsDesk(new MetricsPage(readings, counters, clock), counters),
                deadlineMillis);
    }

    /** Where it listens. */
    public InetSocketAddress address() {
        return (InetSocketAddress) channel.localAddress();
    }

    private ServerBootstrap bootstrap(MetricsDesk desk, long deadlineMillis) {
        return new ServerBootstrap().group(group)
                .channel(EpollServerSocketChannel.class)
                .option(ChannelOption.SO_REUSEADDR, true)
                .option(ChannelOption.SO_BACKLOG, Limits.METRICS_CONNECTIONS)
                .handler(new AcceptFailures(desk))
                .childOption(ChannelOption.ALLOW_HALF_CLOSURE, true)
                .childHandler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel connection) {
                        connection.pipeline().addLast(new MetricsConnection(desk, deadlineMillis));
                    }
                });
    }

    private static IOException cannotOpen(InetSocketAddress address, Throwable cause) {
        String words = String.valueOf(cause.getMessage());
        return new IOException("cannot listen at " + address.getAddress().getHostAddress() + " port "
                + address.getPort() + " for METRICS_LISTEN (" + words.substring(words.lastIndexOf(": ") + 1).strip()
                + "); choose another address or port, or leave METRICS_LISTEN empty", cause);
    }

    private static void close(EventLoopGroup group) {
        group.shutdownGracefully(0, CLOSE_MILLIS, TimeUnit.MILLISECONDS).awaitUninterruptibly(CLOSE_MILLIS);
    }

    /** Closes all connections. */
    @Override
    public void close() {
        channel.close().awaitUninterruptibly(CLOSE_MILLIS);
        close(group);
    }

    /** Accepting fails where descriptors have run out; Netty pauses for a second then and goes on. */
    private static final class AcceptFailures extends ChannelInboundHandlerAdapter {

        private final MetricsDesk desk;

        AcceptFailures(MetricsDesk desk) {
            this.desk = desk;
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            desk.count(RequestFault.TOO_MANY);
        }
    }
}
