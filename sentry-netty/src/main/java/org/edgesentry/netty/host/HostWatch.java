package org.edgesentry.netty.host;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.edgesentry.core.time.WallClock;

/**
 * Follows the addresses, default gateways, name servers, logged-in users and interfaces of this host, and tells a
 * listener when they have changed.
 *
 * <p>The kernel's messages wake it up; changes that come together are looked at together. Somebody who changes links
 * all the time costs no more than a fiftieth of a core. Name servers and users stand in files, which are looked at
 * every two seconds; where there is no netlink, so is everything.
 *
 * <p>Thread: its own, {@code sentry-host}, which also calls the listener; {@link #start} and {@link #close} once each,
 * from any. Errors: none; what cannot be read stays as it was.
 */
public final class HostWatch implements AutoCloseable {

    private static final Logger LOG = LogManager.getLogger(HostWatch.class);

    /** An address seldom comes alone: its routes follow. */
    private static final int SETTLE_MILLIS = 100;
    /** A look of some milliseconds is followed by a rest so many times as long. */
    private static final int REST_FACTOR = 50;
    /** With {@link #SETTLE_MILLIS} and the look itself, a change is told within two seconds, on busy cores too. */
    private static final int MAX_REST_MILLIS = 1_200;
    private static final long JOIN_MILLIS = 1_000;

    private final WallClock clock;
    private final UnaryOperator<HostView> look;
    private final UnaryOperator<HostView> lookAtFiles;
    private final Consumer<HostView> listener;
    private final Thread thread = new Thread(this::run, "sentry-host");
    private volatile ChangeSignal signal;
    private volatile boolean closing;
    private HostView known;

    /** As {@link #start}, with the signal and the looks to be chosen. */
    HostWatch(ChangeSignal signal, HostView known, WallClock clock, UnaryOperator<HostView> look,
              UnaryOperator<HostView> lookAtFiles, Consumer<HostView> listener) {
        this.signal = signal;
        this.known = known;
        this.clock = clock;
        this.look = look;
        this.lookAtFiles = lookAtFiles;
        this.listener = listener;
        thread.setDaemon(true);
    }

    /**
     * Begins to watch.
     *
     * @param known what the listener knows already; the first difference to it is told at once
     * @param clock measures how long a look takes
     * @param listener called with each new view, one after the other; what it throws is logged
     */
    public static HostWatch start(HostView known, WallClock clock, Consumer<HostView> listener) {
        Sessions users = Sessions.ofThisMachine();
        Resolvers servers = Resolvers.ofThisMachine();
        HostWatch watch = new HostWatch(openSignal(), known, clock, view -> view.renewed(users, servers).value(),
                view -> view.withFilesRenewed(users, servers), listener);
        watch.begin();
        return watch;
    }

    void begin() {
        thread.start();
    }

    private static ChangeSignal openSignal() {
        try {
            return RouteSocket.open();
        } catch (IOException | LinkageError e) {
            return regularLook(e);
        }
    }

    private static ChangeSignal regularLook(Throwable cause) {
        LOG.warn("The kernel does not tell of changed addresses and interfaces, so they are looked at every {} s: {}",
                TimeUnit.MILLISECONDS.toSeconds(RegularLook.PERIOD_MILLIS), cause.getMessage());
        return new RegularLook();
    }

    private void run() {
        // Between the first reading and the signal something may have changed. No rest after that: nobody asked for it.
        renewBy(look);
        while (!closing) {
            try {
                boolean changed = signal.await();
                if (changed) {
                    signal.pause(SETTLE_MILLIS);
                }
                if (!closing) {
                    lookAgain(changed);
                }
            } catch (IOException e) {
                degrade(e);
                renewBy(look);
            }
        }
    }

    private void lookAgain(boolean changed) throws IOException {
        if (changed) {
            signal.forget();
            renew();
        } else {
            renewBy(lookAtFiles);
        }
    }

    private void renew() throws IOException {
        long begin = clock.epochNanos();
        renewBy(look);
        long millis = TimeUnit.NANOSECONDS.toMillis(clock.epochNanos() - begin);
        // A clock that was set meanwhile makes it any number.
        signal.pause((int) Math.max(0, Math.min(millis * REST_FACTOR, MAX_REST_MILLIS)));
    }

    private void renewBy(UnaryOperator<HostView> chosen) {
        try {
            tell(chosen.apply(known));
        } catch (RuntimeException e) {
            LOG.warn("The addresses of this host could not be read", e);
        }
    }

    private void tell(HostView now) {
        if (now.equals(known) || closing) {
            return;
        }
        known = now;
        try {
            listener.accept(now);
        } catch (RuntimeException e) {
            LOG.warn("A change of this host's addresses or interfaces was not taken up", e);
        }
    }

    private synchronized void degrade(IOException cause) {
        signal.close();
        signal = regularLook(cause);
    }

    @Override
    public void close() {
        closing = true;
        synchronized (this) {
            signal.wake();
        }
        try {
            thread.join(JOIN_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (!thread.isAlive()) {
            signal.close();
        }
    }
}
