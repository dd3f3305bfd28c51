package org.edgesentry.core.pipeline;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.edgesentry.core.probe.EventKind;
import org.edgesentry.core.probe.ProbeEvent;
import org.edgesentry.core.probe.ProbePublisher;
import org.edgesentry.core.probe.ProbeSource;
import org.edgesentry.core.time.AnchoredClock;

/** Sends a {@link EventKind#TICK} through the pipeline once a second, and anchors the clock. Thread: its own. */
public final class Ticker implements AutoCloseable {

    private static final long CLOSE_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(5);
    private static final int CLOSE_TRIES = 60;

    private final ProbePublisher publisher;
    private final AnchoredClock clock;
    private final ScheduledExecutorService timer =
            Executors.newSingleThreadScheduledExecutor(new NamedThreads("sentry-tick"));

    /** A ticker with a publisher of its own; not started. */
    public Ticker(ProbePublisher publisher, AnchoredClock clock) {
        this.publisher = publisher;
        this.clock = clock;
    }

    /** Starts ticking. */
    public void start() {
        timer.scheduleAtFixedRate(() -> send(EventKind.TICK), 1, 1, TimeUnit.SECONDS);
    }

    /**
     * Stops ticking and asks for the closing lines of all scans, which then is the last event. Sources must have
     * stopped: a ring that they have filled empties then, and has room within milliseconds.
     */
    @Override
    public void close() {
        timer.shutdown();
        try {
            timer.awaitTermination(1, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        for (int tries = 0; !send(EventKind.CLOSE_ALL) && tries < CLOSE_TRIES; tries++) {
            LockSupport.parkNanos(CLOSE_PAUSE_NANOS);
        }
    }

    private boolean send(EventKind kind) {
        ProbeEvent event = publisher.begin();
        event.kind = kind;
        event.seenBy = ProbeSource.COMMAND;
        clock.anchor();
        event.epochNanos = clock.epochNanos();
        return publisher.publish();
    }
}
