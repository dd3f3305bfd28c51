package org.edgesentry.netty.trap;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.epoll.EpollServerSocketChannel;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.edgesentry.core.net.IpProtocol;

/**
 * Accepts on TCP trap ports. Without a banner the connection is closed where it was accepted, in the handler of the
 * listening channel: it is never registered with epoll, which spares a third of the work.
 *
 * <p>Thread: the traps' event loop.
 */
@Sharable
final class TcpTrap extends ChannelInboundHandlerAdapter {

    private static final Logger LOG = LogManager.getLogger(TcpTrap.class);
    private static final int BACKLOG = 1_024;

    private final TrapProbe probe;
    private final Optional<ByteBuf> banner;
    private final EventLoopGroup loop;
    private final AtomicReference<String> lastFailure = new AtomicReference<>("");

    TcpTrap(TrapProbe probe, Optional<String> banner, EventLoopGroup loop) {
        this.probe = probe;
        this.banner = banner.map(text ->
                Unpooled.unreleasableBuffer(Unpooled.copiedBuffer(text + "\n", StandardCharsets.UTF_8)));
        this.loop = loop;
    }

    ChannelFuture bind(InetSocketAddress address) {
        EpollServerSocketChannel channel = new EpollServerSocketChannel();
        channel.config().setOption(ChannelOption.SO_REUSEADDR, true);
        channel.config().setBacklog(BACKLOG);
        channel.pipeline().addLast(this);
        ChannelFuture registered = loop.register(channel).awaitUninterruptibly();
        return registered.isSuccess() ? channel.bind(address) : registered;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        Channel connection = (Channel) message;
        InetSocketAddress source = (InetSocketAddress) connection.remoteAddress();
        InetSocketAddress trap = (InetSocketAddress) connection.localAddress();
        if (source != null && trap != null) {
            probe.publish(IpProtocol.TCP, source, trap);
        }
        if (banner.isPresent()) {
            greet(connection, banner.get());
        } else {
            connection.unsafe().closeForcibly();
        }
    }

    private void greet(Channel connection, ByteBuf text) {
        loop.register(connection).addListener((ChannelFutureListener) registered -> {
            if (registered.isSuccess()) {
                connection.writeAndFlush(text.duplicate()).addListener(ChannelFutureListener.CLOSE);
            } else {
                connection.unsafe().closeForcibly();
            }
        });
    }

    /** Out of descriptors, for one. The kernel would report the same connection again at once: hence a pause. */
    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        String failure = String.valueOf(cause.getMessage());
        if (!failure.equals(lastFailure.getAndSet(failure))) {
            LOG.warn("A TCP trap could not accept a connection: {}", failure);
        }
        context.channel().config().setAutoRead(false);
        context.executor().schedule(() -> context.channel().config().setAutoRead(true), 1, TimeUnit.SECONDS);
    }
}
