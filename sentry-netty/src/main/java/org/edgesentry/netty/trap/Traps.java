package org.edgesentry.netty.trap;

import io.netty.channel.Channel;
import io.netty.channel.ChannelException;
import io.netty.channel.ChannelFuture;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.edgesentry.core.net.IpProtocol;
import org.edgesentry.core.net.PortSet;
import org.edgesentry.core.probe.ProbePublisher;
import org.edgesentry.core.time.WallClock;

/**
 * The trap ports of the connect modes: a listening socket per port and protocol, both address families, on one epoll
 * loop. Whoever completes a handshake, or sends a datagram, has probed; the connection ends at once.
 *
 * <p>Thread: made, opened and closed by the composition root; publishes from its event loop.
 */
public final class Traps implements AutoCloseable {

    private final EventLoopGroup loop = new MultiThreadIoEventLoopGroup(1,
            new DefaultThreadFactory("sentry-traps", true), EpollIoHandler.newFactory());
    private final List<Channel> open = new ArrayList<>();
    private final List<TrapFailure> failures = new ArrayList<>();
    private final TcpTrap tcpTrap;
    private final UdpTrap udpTrap;

    /** Traps that publish here, and greet with the banner if there is one. */
    public Traps(Optional<String> banner, ProbePublisher publisher, WallClock clock) {
        TrapProbe probe = new TrapProbe(publisher, clock);
        this.tcpTrap = new TcpTrap(probe, banner, loop);
        this.udpTrap = new UdpTrap(probe, loop);
    }

    /** Binds a trap to every port that can be had; the others are told by {@link #failures}. */
    public void open(PortSet tcpPorts, PortSet udpPorts) {
        for (int port : tcpPorts.toArray()) {
            keep(IpProtocol.TCP, port, tcpTrap::bind);
        }
        for (int port : udpPorts.toArray()) {
            keep(IpProtocol.UDP, port, udpTrap::bind);
        }
    }

    private void keep(int protocol, int port, Function<InetSocketAddress, ChannelFuture> trap) {
        try {
            ChannelFuture binding = trap.apply(new InetSocketAddress(port)).awaitUninterruptibly();
            if (binding.isSuccess()) {
                open.add(binding.channel());
            } else {
                binding.channel().close();
                failures.add(TrapFailure.of(protocol, port, binding.cause()));
            }
        } catch (ChannelException e) {
            // Netty makes the socket in a constructor, where it has no future to report to.
            failures.add(TrapFailure.of(protocol, port, e.getCause() == null ? e : e.getCause()));
        }
    }

    /** How many traps are open. */
    public int size() {
        return open.size();
    }

    /** Ports that could not be bound, in order. */
    public List<TrapFailure> failures() {
        return List.copyOf(failures);
    }

    /** Closes all traps and ends the loop. */
    @Override
    public void close() {
        open.forEach(Channel::close);
        loop.shutdownGracefully(0, 500, TimeUnit.MILLISECONDS).awaitUninterruptibly(500);
    }
}
