package org.edgesentry.actions.notify;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Gives one channel its turns, on a thread that is made when there is news for the first time.
 *
 * <p>Thread: {@link #wake} and the rest by the action worker only; turns on {@code sentry-notify-KIND}.
 */
final class ChannelThread {

    private final Channel channel;
    private final Thread thread;
    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile boolean stopping;
    private boolean started;

    ChannelThread(NotifyChannel kind, Channel channel) {
        this.channel = channel;
        this.thread = new Thread(this::run, "sentry-notify-" + kind.label());
        thread.setDaemon(true);
    }

    /** Has the channel look at what is due. */
    void wake() {
        if (started) {
            LockSupport.unpark(thread);
        } else {
            started = true;
            thread.start();
        }
    }

    /** The same, if there has ever been news: else there is nothing to look at. */
    void nudge() {
        if (started) {
            LockSupport.unpark(thread);
        }
    }

    private void run() {
        try {
            while (!stopping) {
                long waitNanos = channel.turn();
                if (waitNanos == Channel.IDLE) {
                    LockSupport.park(this);
                } else if (waitNanos > 0) {
                    LockSupport.parkNanos(this, waitNanos);
                }
            }
            channel.lastTurn();
        } finally {
            ended.countDown();
        }
    }

    /** Asks for the last turn. */
    void stop() {
        stopping = true;
        channel.stop();
        if (started) {
            LockSupport.unpark(thread);
        } else {
            ended.countDown();
        }
    }

    /** Waits so long for the last turn, then interrupts it; the turn itself does not change what is then said. */
    void await(long nanos) {
        try {
            if (!ended.await(nanos, TimeUnit.NANOSECONDS)) {
                thread.interrupt();
            }
        } catch (InterruptedException e) {
            thread.interrupt();
            Thread.currentThread().interrupt();
        }
        channel.sayUntold();
    }
}
