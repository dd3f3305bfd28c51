package org.edgesentry.netty.trap;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.edgesentry.core.net.Cidr;
import org.edgesentry.core.net.IpProtocol;

/**
 * Accepts on TCP trap ports: publishes, then answers. Where the answer is the end of the connection, that happens in
 * the handler of the listening channel: it is never registered with epoll, which spares a third of the work.
 *
 * <p>Thread: the traps' event loop.
 */
@Sharable
final class TcpTrap extends ChannelInboundHandlerAdapter {

    private static final Logger LOG = LogManager.getLogger(TcpTrap.class);

    private final TrapProbe probe;
    private final TcpAnswer answer;
    private String lastFailure = "";

    TcpTrap(TrapProbe probe, TcpAnswer answer) {
        this.probe = probe;
        this.answer = answer;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        Channel connection = (Channel) message;
        InetSocketAddress source = (InetSocketAddress) connection.remoteAddress();
        InetSocketAddress trap = (InetSocketAddress) connection.localAddress();
        if (source == null || trap == null || !probe.watches(IpProtocol.TCP, trap.getPort())) {
            connection.unsafe().closeForcibly();
            return;
        }
        Cidr from = TrapProbe.addressOf(source);
        probe.publish(from, source, trap);
        answer.to(connection, from);
    }

    /** Out of descriptors, for one. The kernel would report the same connection again at once: hence a pause. */
    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        String failure = String.valueOf(cause.getMessage());
        if (!failure.equals(lastFailure)) {
            LOG.warn("A TCP trap could not accept a connection: {}", failure);
            lastFailure = failure;
        }
        context.channel().config().setAutoRead(false);
        context.executor().schedule(() -> context.channel().config().setAutoRead(true), 1, TimeUnit.SECONDS);
    }
}
