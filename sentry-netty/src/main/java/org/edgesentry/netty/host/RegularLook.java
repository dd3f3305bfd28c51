package org.edgesentry.netty.host;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * The signal where the kernel does not tell of changes: now and then something may have changed.
 *
 * <p>Thread: as {@link ChangeSignal}.
 */
final class RegularLook implements ChangeSignal {

    static final int PERIOD_MILLIS = 2_000;

    private final CountDownLatch woken = new CountDownLatch(1);

    @Override
    public boolean await() {
        pause(PERIOD_MILLIS);
        return true;
    }

    @Override
    public void pause(int millis) {
        try {
            woken.await(millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            // Nobody but the end of the process interrupts the watching thread.
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void forget() {
        // Nothing is remembered.
    }

    @Override
    public void wake() {
        woken.countDown();
    }

    @Override
    public void close() {
        // Nothing is held.
    }
}
