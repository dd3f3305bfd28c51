package org.edgesentry.netty.daemon;

import org.apache.logging.log4j.LogManager;

/**
 * Turns SIGTERM and SIGINT into a clean stop with exit status 0. The JVM answers these signals by running shutdown
 * hooks and would then report 143 or 130; ending the process from the hook is the one way to say 0.
 *
 * <p>Thread: main arms; the stop runs on the JVM's shutdown thread.
 */
final class CleanStop {

    private static final long LIMIT_MILLIS = 1_700;

    private final SentryDaemon daemon;
    private final Thread hook = new Thread(this::stop, "sentry-stop");
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
        Runtime.getRuntime().removeShutdownHook(hook);
    }

    /** From now on there is something to stop. */
    void started() {
        started = true;
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
        if (started) {
            daemon.stop();
        }
        LogManager.shutdown();
    }
}
