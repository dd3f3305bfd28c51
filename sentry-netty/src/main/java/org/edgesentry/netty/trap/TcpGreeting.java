package org.edgesentry.netty.trap;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.SocketChannel;
import io.netty.util.ReferenceCountUtil;
import java.nio.charset.StandardCharsets;
import org.edgesentry.core.net.Cidr;

/**
 * Sends PORT_BANNER, then ends its own half of the connection and reads on until the peer ends the other half or its
 * time is up: to close with something unread would reset the connection, and the peer could lose the banner (RFC 1122,
 * section 4.2.2.13).
 *
 * <p>Thread: the traps' event loop.
 */
@Sharable
final class TcpGreeting extends ChannelInboundHandlerAdapter implements TcpAnswer {

    /** What the peer sends is thrown away. */
    private static final int READ_BYTES = 512;

    private final ByteBuf text;
    private final HeldConnections held;
    private final EventLoop loop;

    TcpGreeting(String banner, HeldConnections held, EventLoop loop) {
        this.text = Unpooled.unreleasableBuffer(Unpooled.copiedBuffer(banner + "\n", StandardCharsets.UTF_8));
        this.held = held;
        this.loop = loop;
    }

    @Override
    public void to(Channel connection, Cidr source) {
        connection.config().setOption(ChannelOption.ALLOW_HALF_CLOSURE, true);
        connection.config().setRecvByteBufAllocator(new FixedRecvByteBufAllocator(READ_BYTES));
        connection.pipeline().addLast(this);
        loop.register(connection).addListener((ChannelFutureListener) registered -> {
            if (registered.isSuccess()) {
                HeldConnection waiting = connection::close;
                connection.closeFuture().addListener(closed -> held.forget(waiting));
                held.hold(waiting, source);
                connection.writeAndFlush(text.duplicate()).addListener(written -> endOwnHalf(connection));
            } else {
                connection.unsafe().closeForcibly();
            }
        });
    }

    private static void endOwnHalf(Channel connection) {
        SocketChannel socket = (SocketChannel) connection;
        if (socket.isInputShutdown()) {
            socket.close();
        } else {
            socket.shutdownOutput();
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        ReferenceCountUtil.release(message);
    }

    /** The peer has ended its half; if ours has ended too, that was all. */
    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event == ChannelInputShutdownEvent.INSTANCE && ((SocketChannel) context.channel()).isOutputShutdown()) {
            context.close();
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        context.close();
    }
}
