package org.edgesentry.netty.trap;

import io.netty.channel.Channel;
import io.netty.channel.ChannelConfig;
import io.netty.channel.ChannelOption;
import io.netty.channel.IoEventLoop;
import io.netty.channel.IoRegistration;
import io.netty.channel.unix.IntegerUnixChannelOption;
import org.edgesentry.core.limits.Limits;
import org.edgesentry.core.net.Cidr;
import org.edgesentry.netty.system.LibC;

/**
 * Holds the scanner's connection open and does nothing with it: nothing is sent, nothing is read, and the receive
 * window is the smallest that the kernel gives, so that whatever the scanner sends stays with the scanner. A connection
 * ends when the peer ends it, when the kernel finds the peer gone (keepalive, tcp(7)), or when it gives way to a newer
 * one.
 *
 * <p>Thread: the traps' event loop.
 */
final class TcpTarpit implements TcpAnswer {

    /** The kernel raises it to its minimum, about 2 kB (SO_RCVBUF in socket(7)). */
    private static final int SMALLEST_BUFFER = 1;

    private final HeldConnections held;
    private final IoEventLoop loop;

    TcpTarpit(HeldConnections held, IoEventLoop loop) {
        this.held = held;
        this.loop = loop;
    }

    @Override
    public void prepare(ChannelConfig listener) {
        listener.setOption(ChannelOption.SO_RCVBUF, SMALLEST_BUFFER);
        set(listener, "SO_KEEPALIVE", LibC.SOL_SOCKET, LibC.SO_KEEPALIVE, 1);
        set(listener, "TCP_KEEPIDLE", LibC.IPPROTO_TCP, LibC.TCP_KEEPIDLE, Limits.TARPIT_KEEPALIVE_SECONDS);
        set(listener, "TCP_KEEPINTVL", LibC.IPPROTO_TCP, LibC.TCP_KEEPINTVL, Limits.TARPIT_KEEPALIVE_SECONDS);
        set(listener, "TCP_KEEPCNT", LibC.IPPROTO_TCP, LibC.TCP_KEEPCNT, 2);
    }

    private static void set(ChannelConfig listener, String name, int level, int option, int value) {
        listener.setOption(new IntegerUnixChannelOption(name, level, option), value);
    }

    @Override
    public void to(Channel connection, Cidr source) {
        TarpitConnection stuck = new TarpitConnection(connection, held);
        loop.register(stuck).addListener(registered -> {
            if (registered.isSuccess()) {
                stuck.awaitEnd((IoRegistration) registered.getNow());
                held.hold(stuck, source);
            } else {
                stuck.end();
            }
        });
    }
}
