package org.edgesentry.netty.metrics;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelOption;
import io.netty.channel.epoll.EpollServerSocketChannel;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;
import org.edgesentry.core.limits.Limits;
import org.edgesentry.core.time.WallClock;
import org.edgesentry.netty.loop.ServerLoop;

/**
 * The metrics endpoint: {@code GET /metrics} over HTTP/1, one request a connection, for whoever can connect.
 *
 * <p>Thread: {@code sentry-metrics} alone reads, makes the page and writes; {@link #open} and {@link #close} may be
 * called by any thread but that one. Errors: an {@link IOException} whose message is a line for the administrator.
 */
public final class MetricsServer implements AutoCloseable {

    private final ServerLoop loop = new ServerLoop("sentry-metrics");
    private final Channel channel;

    private MetricsServer(InetSocketAddress address, MetricsDesk desk, long deadlineMillis) throws IOException {
        ChannelFuture bound = loop.bind(bootstrap(desk, deadlineMillis), address);
        if (!bound.isSuccess()) {
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
        return loop.server(Limits.METRICS_CONNECTIONS, () -> new MetricsConnection(desk, deadlineMillis),
                cause -> desk.count(RequestFault.TOO_MANY))
                .channel(EpollServerSocketChannel.class)
                .option(ChannelOption.SO_REUSEADDR, true);
    }

    private static IOException cannotOpen(InetSocketAddress address, Throwable cause) {
        return new IOException("cannot listen at " + address.getAddress().getHostAddress() + " port "
                + address.getPort() + " for METRICS_LISTEN (" + ServerLoop.reason(cause)
                + "); choose another address or port, or leave METRICS_LISTEN empty", cause);
    }

    /** Closes all connections. */
    @Override
    public void close() {
        loop.close(channel);
    }
}
