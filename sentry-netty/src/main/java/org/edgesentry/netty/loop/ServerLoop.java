package org.edgesentry.netty.loop;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.util.concurrent.FastThreadLocalThread;
import java.net.SocketAddress;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * One epoll loop of Netty's that serves one listening socket and all of its connections: for the doors to the operator,
 * where a second thread would only be idle.
 *
 * <p>Thread: any but the loop itself.
 */
public final class ServerLoop {

    private static final int CLOSE_MILLIS = 500;
    private static final int NEVER_DAYS = 36_500;

    private final EventLoopGroup group;

    /** A loop whose thread has this name, and does not keep the process alive. */
    public ServerLoop(String thread) {
        this.group = new MultiThreadIoEventLoopGroup(1, work -> {
            Thread loop = new FastThreadLocalThread(work, thread);
            loop.setDaemon(true);
            return loop;
        }, EpollIoHandler.newFactory());
        // A loop with nothing to do at a later time wakes up once a second to look whether there is (Netty 4.2).
        group.schedule(() -> { }, NEVER_DAYS, TimeUnit.DAYS);
    }

    /**
     * A server to be bound, whose connections may be half closed.
     *
     * @param backlog connections that wait to be accepted
     * @param connections makes the handler of each
     * @param onAcceptFailure told when accepting fails; Netty pauses for a second then and goes on
     */
    public ServerBootstrap server(int backlog, Supplier<ChannelHandler> connections,
                                  Consumer<Throwable> onAcceptFailure) {
        return new ServerBootstrap().group(group)
                .option(ChannelOption.SO_BACKLOG, backlog)
                .handler(new AcceptFailures(onAcceptFailure))
                .childOption(ChannelOption.ALLOW_HALF_CLOSURE, true)
                .childHandler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel connection) {
                        connection.pipeline().addLast(connections.get());
                    }
                });
    }

    /** Waits until the server listens; if it cannot, the loop ends, and the future has the cause. */
    public ChannelFuture bind(ServerBootstrap server, SocketAddress address) {
        ChannelFuture bound = server.bind(address).awaitUninterruptibly();
        if (!bound.isSuccess()) {
            close();
        }
        return bound;
    }

    /** Why a server could not be bound, in the kernel's words; Netty puts the call before them. */
    public static String reason(Throwable cause) {
        String words = String.valueOf(cause.getMessage());
        return words.substring(words.lastIndexOf(": ") + 1).strip();
    }

    /** Stops listening, and ends all connections. */
    public void close(Channel listening) {
        listening.close().awaitUninterruptibly(CLOSE_MILLIS);
        close();
    }

    private void close() {
        group.shutdownGracefully(0, CLOSE_MILLIS, TimeUnit.MILLISECONDS).awaitUninterruptibly(CLOSE_MILLIS);
    }

    private static final class AcceptFailures extends ChannelInboundHandlerAdapter {

        private final Consumer<Throwable> told;

        AcceptFailures(Consumer<Throwable> told) {
            this.told = told;
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            told.accept(cause);
        }
    }
}
