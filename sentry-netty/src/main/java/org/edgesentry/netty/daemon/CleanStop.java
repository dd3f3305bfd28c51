package org.edgesentry.netty.daemon;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.logging.log4j.LogManager;

/**
 * Turns SIGTERM and SIGINT into a clean stop with exit status 0. The JVM answers these signals by running shutdown
 * hooks and would then report 143 or 130; ending the process from the hook is the one way to say 0.
 *
 * <p>Thread: main arms; the stop runs on the JVM's shutdown thread.
 */
final class CleanStop {

    private static final long LIMIT_MILLIS = 1_700;
    /** Only a whole start can be taken back: it may go on for so long, and is then stopped. */
    private static final long START_LIMIT_MILLIS = 1_000;

    private final SentryDaemon daemon;
    private final Thread hook = new Thread(this::stop, "sentry-stop");
    private final CountDownLatch startEnded = new CountDownLatch(1);
    private volatile boolean started;

    CleanStop(SentryDaemon daemon) {
        this.daemon = daemon;
    }

    /** From now on a signal ends the process with status 0. */
    void arm() {
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /** The daemon did not start: the process ends with the status of that failure. */
    void disarm() {
        startEnded.countDown();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // A signal was faster: the hook runs and ends the process.
        }
    }

    /** From now on there is something to stop. */
    void started() {
        started = true;
        startEnded.countDown();
    }

    private void stop() {
        Thread stopping = new Thread(this::stopDaemon, "sentry-stop-daemon");
        stopping.setDaemon(true);
        stopping.start();
        try {
            // Whatever hangs, a console that nobody reads for one: two seconds are enough.
            stopping.join(LIMIT_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        Runtime.getRuntime().halt(0);
    }

    private void stopDaemon() {
        try {
            if (startEnded.await(START_LIMIT_MILLIS, TimeUnit.MILLISECONDS) && started) {
                daemon.stop();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        LogManager.shutdown();
    }
}
