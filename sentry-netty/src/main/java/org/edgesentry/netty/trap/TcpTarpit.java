package org.edgesentry.netty.trap;

import io.netty.channel.Channel;
import io.netty.channel.ChannelConfig;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.unix.IntegerUnixChannelOption;
import io.netty.util.ReferenceCountUtil;
import org.edgesentry.core.limits.Limits;
import org.edgesentry.core.net.Cidr;

/**
 * Holds the scanner's connection open and does nothing with it: nothing is sent, nothing is read, and the receive
 * window is the smallest that the kernel gives, so that whatever the scanner sends stays with the scanner. A connection
 * ends when the peer ends it, when the kernel finds the peer gone (keepalive, tcp(7)), or when it gives way to a newer
 * one.
 *
 * <p>Thread: the traps' event loop.
 */
@Sharable
final class TcpTarpit extends ChannelInboundHandlerAdapter implements TcpAnswer {

    /** The kernel raises it to its minimum, about 2 kB (SO_RCVBUF in socket(7)). */
    private static final int SMALLEST_BUFFER = 1;
    private static final int READ_BYTES = 512;

    private final HeldConnections held;
    private final EventLoop loop;

    TcpTarpit(HeldConnections held, EventLoop loop) {
        this.held = held;
        this.loop = loop;
    }

    @Override
    public void prepare(ChannelConfig listener) {
        listener.setOption(ChannelOption.SO_RCVBUF, SMALLEST_BUFFER);
        listener.setOption(new IntegerUnixChannelOption("SO_KEEPALIVE", LibC.SOL_SOCKET, LibC.SO_KEEPALIVE), 1);
        listener.setOption(new IntegerUnixChannelOption("TCP_KEEPIDLE", LibC.IPPROTO_TCP, LibC.TCP_KEEPIDLE),
                Limits.TARPIT_KEEPALIVE_SECONDS);
        listener.setOption(new IntegerUnixChannelOption("TCP_KEEPINTVL", LibC.IPPROTO_TCP, LibC.TCP_KEEPINTVL),
                Limits.TARPIT_KEEPALIVE_SECONDS);
        listener.setOption(new IntegerUnixChannelOption("TCP_KEEPCNT", LibC.IPPROTO_TCP, LibC.TCP_KEEPCNT), 2);
    }

    @Override
    public void to(Channel connection, Cidr source) {
        connection.config().setAutoRead(false);
        connection.config().setRecvByteBufAllocator(new FixedRecvByteBufAllocator(READ_BYTES));
        connection.pipeline().addLast(this);
        loop.register(connection).addListener((ChannelFutureListener) registered -> {
            if (registered.isSuccess()) {
                held.hold(connection, source);
            } else {
                connection.unsafe().closeForcibly();
            }
        });
    }

    /** Netty reads what is left when the peer has ended its half. */
    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        ReferenceCountUtil.release(message);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        context.close();
    }
}
