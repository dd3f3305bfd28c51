package org.edgesentry.netty.trap;

import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.channel.socket.DatagramPacket;
import java.net.InetSocketAddress;
import org.edgesentry.core.net.IpProtocol;

/**
 * Receives on UDP trap ports, and says which address a datagram was sent to (over IPv4; for IPv6 the kernel is not
 * asked), so that broadcasts are told from probes. Never answers: the source of a datagram may be forged.
 *
 * <p>Thread: the traps' event loop.
 */
@Sharable
final class UdpTrap extends SimpleChannelInboundHandler<DatagramPacket> {

    /** Who sent is all that counts; the kernel cuts the rest of the datagram off. */
    private static final int READ_BYTES = 16;

    private final TrapProbe probe;
    private final EventLoopGroup loop;

    UdpTrap(TrapProbe probe, EventLoopGroup loop) {
        this.probe = probe;
        this.loop = loop;
    }

    ChannelFuture bind(InetSocketAddress address) {
        EpollDatagramChannel channel = new EpollDatagramChannel();
        channel.config().setOption(ChannelOption.RECVBUF_ALLOCATOR, new FixedRecvByteBufAllocator(READ_BYTES));
        channel.config().setOption(EpollChannelOption.IP_RECVORIGDSTADDR, true);
        channel.pipeline().addLast(this);
        ChannelFuture registered = loop.register(channel).awaitUninterruptibly();
        return registered.isSuccess() ? channel.bind(address) : registered;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, DatagramPacket datagram) {
        probe.publish(IpProtocol.UDP, datagram.sender(), datagram.recipient());
    }

    /** An ICMP error for nothing we sent, or a read that failed: the next datagram is as good. */
    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        context.read();
    }
}
