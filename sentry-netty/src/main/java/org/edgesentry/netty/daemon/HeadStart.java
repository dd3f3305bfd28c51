package org.edgesentry.netty.daemon;

/**
 * What every run of the daemon needs whatever its options say, made ready on threads of their own while the command
 * line and the configuration are read: loading the log and JNA takes longer than both. Whoever needs one of them before
 * it is ready waits for it, as the JVM has the first user of a class wait for its initialization.
 *
 * <p>Thread: any; those that it starts end by themselves. Errors: none are told here, since whoever needs what could
 * not be made ready meets the same error.
 */
final class HeadStart {

    private HeadStart() {
    }

    /** Does this aside; the thread has ended when it is done. */
    static Thread on(String what, Runnable work) {
        Thread thread = new Thread(work, "sentry-start-" + what);
        thread.setUncaughtExceptionHandler((ended, failure) -> { });
        thread.setDaemon(true);
        thread.start();
        return thread;
    }
}
