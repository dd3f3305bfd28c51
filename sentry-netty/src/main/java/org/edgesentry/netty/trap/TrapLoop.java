package org.edgesentry.netty.trap;

import io.netty.channel.IoEventLoop;
import io.netty.channel.IoEventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.util.concurrent.Callable;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * The thread of the traps, {@code sentry-traps}: one epoll loop of Netty's that owns every trap and its connections.
 *
 * <p>Thread: any but the loop itself.
 */
final class TrapLoop {

    private final IoEventLoopGroup group = new MultiThreadIoEventLoopGroup(1,
            new DefaultThreadFactory("sentry-traps", true), EpollIoHandler.newFactory());
    private final IoEventLoop loop = group.next();

    IoEventLoop eventLoop() {
        return loop;
    }

    /** Has the loop do this, and waits until it is done. */
    void run(Runnable work) {
        loop.submit(work).syncUninterruptibly();
    }

    /** Has the loop find this out, and waits for it. */
    <T> T call(Callable<T> work) {
        return loop.submit(work).syncUninterruptibly().getNow();
    }

    /** Has the loop do this once a second, until the result is cancelled. */
    Future<?> everySecond(Runnable work) {
        return loop.scheduleWithFixedDelay(work, 1, 1, TimeUnit.SECONDS);
    }

    void close() {
        group.shutdownGracefully(0, 500, TimeUnit.MILLISECONDS).awaitUninterruptibly(500);
    }
}
