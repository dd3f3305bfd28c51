package org.edgesentry.netty.daemon;

import java.util.concurrent.CountDownLatch;
import org.apache.logging.log4j.LogManager;

/**
 * Turns SIGTERM and SIGINT into a clean stop with exit status 0. The JVM answers these signals by running shutdown
 * hooks and would then report 143 or 130; ending the process from the hook is the one way to say 0.
 *
 * <p>Thread: main arms and waits; the stop runs on the JVM's shutdown thread.
 */
final class CleanStop {

    private final SentryDaemon daemon;
    private final CountDownLatch never = new CountDownLatch(1);

    CleanStop(SentryDaemon daemon) {
        this.daemon = daemon;
    }

    /** From now on a signal stops the daemon; before, it has nothing to clean up. */
    void arm() {
        Runtime.getRuntime().addShutdownHook(new Thread(this::stop, "sentry-stop"));
    }

    private void stop() {
        daemon.stop();
        LogManager.shutdown();
        Runtime.getRuntime().halt(0);
    }

    /** Waits for the signal. */
    void await() throws InterruptedException {
        never.await();
    }
}
