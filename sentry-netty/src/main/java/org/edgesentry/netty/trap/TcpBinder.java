package org.edgesentry.netty.trap;

import io.netty.channel.ChannelException;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.socket.SocketProtocolFamily;
import io.netty.channel.unix.IntegerUnixChannelOption;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetSocketAddress;
import org.edgesentry.core.limits.Limits;
import org.edgesentry.netty.system.LibC;

/**
 * Opens TCP traps. SO_REUSEADDR lets a port be bound in spite of old connections; two listeners on one port are refused
 * by the kernel all the same (socket(7)).
 *
 * <p>Thread: the traps' event loop, on which Netty registers and binds at once.
 */
final class TcpBinder implements TrapBinder {

    private static final ChannelOption<Integer> V6_ONLY =
            new IntegerUnixChannelOption("IPV6_V6ONLY", LibC.IPPROTO_IPV6, LibC.IPV6_V6ONLY);
    private static final ChannelOption<Integer> V4_TRANSPARENT =
            new IntegerUnixChannelOption("IP_TRANSPARENT", LibC.IPPROTO_IP, LibC.IP_TRANSPARENT);
    private static final ChannelOption<Integer> V6_TRANSPARENT =
            new IntegerUnixChannelOption("IPV6_TRANSPARENT", LibC.IPPROTO_IPV6, LibC.IPV6_TRANSPARENT);

    private final TcpTrap trap;
    private final TcpAnswer answer;
    private final EventLoop loop;

    TcpBinder(TcpTrap trap, TcpAnswer answer, EventLoop loop) {
        this.trap = trap;
        this.answer = answer;
        this.loop = loop;
    }

    @Override
    public TrapSocket bind(InetSocketAddress address, boolean transparent) throws IOException {
        EpollServerSocketChannel channel = open(address);
        try {
            configure(channel, address, transparent);
        } catch (ChannelException e) {
            channel.unsafe().closeForcibly();
            throw refused(e);
        }
        channel.pipeline().addLast(trap);
        return bind(channel, address);
    }

    private static EpollServerSocketChannel open(InetSocketAddress address) throws IOException {
        try {
            return new EpollServerSocketChannel(
                    isIpv4(address) ? SocketProtocolFamily.INET : SocketProtocolFamily.INET6);
        } catch (ChannelException e) {
            throw refused(e);
        }
    }

    /** Before it is registered a channel has no future to report to: hence Netty's exception. */
    private static IOException refused(ChannelException failure) {
        Throwable cause = failure.getCause() == null ? failure : failure.getCause();
        return new IOException(String.valueOf(cause.getMessage()), failure);
    }

    private void configure(EpollServerSocketChannel channel, InetSocketAddress address, boolean transparent) {
        boolean ipv4 = isIpv4(address);
        channel.config().setReuseAddress(true).setBacklog(
                transparent ? Limits.STEERED_TRAP_BACKLOG : Limits.TRAP_BACKLOG);
        if (!ipv4) {
            channel.config().setOption(V6_ONLY, 1);
        }
        if (transparent) {
            channel.config().setOption(ipv4 ? V4_TRANSPARENT : V6_TRANSPARENT, 1);
        }
        answer.prepare(channel.config());
    }

    private static boolean isIpv4(InetSocketAddress address) {
        return address.getAddress() instanceof Inet4Address;
    }

    private TrapSocket bind(EpollServerSocketChannel channel, InetSocketAddress address) throws IOException {
        ChannelFuture registered = loop.register(channel);
        ChannelFuture bound = registered.isSuccess() ? channel.bind(address) : registered;
        if (!bound.isSuccess()) {
            channel.close();
            throw new IOException(String.valueOf(bound.cause() == null ? bound : bound.cause().getMessage()));
        }
        return new Listening(channel);
    }

    /** A listening channel. */
    private record Listening(EpollServerSocketChannel channel) implements TrapSocket {

        @Override
        public int port() {
            return channel.localAddress().getPort();
        }

        @Override
        public void close() {
            channel.close();
        }
    }
}
