package org.edgesentry.core.pipeline;

import com.lmax.disruptor.EventHandler;
import com.lmax.disruptor.EventTranslator;
import com.lmax.disruptor.LiteBlockingWaitStrategy;
import com.lmax.disruptor.RingBuffer;
import com.lmax.disruptor.TimeoutException;
import com.lmax.disruptor.dsl.Disruptor;
import com.lmax.disruptor.dsl.ProducerType;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.edgesentry.core.action.ActionKind;
import org.edgesentry.core.action.ActionPublisher;
import org.edgesentry.core.action.ActionRequest;
import org.edgesentry.core.action.Responder;
import org.edgesentry.core.metrics.ProbeCounters;
import org.edgesentry.core.time.WallClock;

/**
 * The second ring: what is to be done about probes, on its way from the dispatch handler to the one worker that may
 * wait for a firewall or a disk.
 *
 * <p>Thread: {@link #publisher} for the dispatch handler only, {@link #wakeUp} for one thread more; the responder runs
 * on the ring's own thread.
 */
public final class ActionRing {

    private final ProbeCounters counters;
    private final HandlerFailures<ActionRequest> failures = new HandlerFailures<>("action");
    private final Disruptor<ActionRequest> disruptor;
    private final CountDownLatch closed = new CountDownLatch(1);

    /** A ring of so many slots (a power of two), not started. */
    public ActionRing(int slots, ProbeCounters counters) {
        this.counters = counters;
        this.disruptor = new Disruptor<>(ActionRequest::new, slots, new NamedThreads("sentry-actions"),
                ProducerType.MULTI, new LiteBlockingWaitStrategy());
    }

    /** The way in, for the dispatch handler. */
    public ActionPublisher publisher() {
        return new Publisher(disruptor.getRingBuffer(), counters);
    }

    /**
     * A way for the responder's own helper thread to have it called soon. Where the ring is full nothing is sent: then
     * the worker has enough to do, and comes by anyway.
     */
    public Runnable wakeUp(WallClock clock) {
        EventTranslator<ActionRequest> wakeUp = (slot, sequence) -> {
            slot.kind = ActionKind.WAKE_UP;
            slot.epochNanos = clock.epochNanos();
        };
        return () -> disruptor.getRingBuffer().tryPublishEvent(wakeUp);
    }

    /** Starts the worker, which calls this responder. */
    public void start(Responder responder) {
        disruptor.setDefaultExceptionHandler(failures);
        disruptor.handleEventsWith(new Worker(responder, closed));
        disruptor.start();
    }

    /**
     * Lets the worker finish what was asked for, closes the responder, and ends the thread. The pipeline must have
     * stopped.
     *
     * @return false when that took longer than the limit; the rest is lost
     */
    public boolean stop(Duration limit) {
        try {
            disruptor.shutdown(limit.toMillis(), TimeUnit.MILLISECONDS);
            return closed.await(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            disruptor.halt();
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** How many requests the ring has room for. */
    public long slots() {
        return disruptor.getBufferSize();
    }

    /** How many requests the worker has not dealt with yet. Thread: any, after the start. */
    public long lag() {
        return disruptor.getBufferSize() - disruptor.getRingBuffer().remainingCapacity();
    }

    /** How often the responder threw. */
    public long failures() {
        return failures.count();
    }

    private record Worker(Responder responder, CountDownLatch closed) implements EventHandler<ActionRequest> {

        @Override
        public void onEvent(ActionRequest request, long sequence, boolean endOfBatch) {
            responder.respond(request, endOfBatch);
        }

        @Override
        public void onShutdown() {
            responder.close();
            closed.countDown();
        }
    }

    private static final class Publisher implements ActionPublisher {

        private final RingBuffer<ActionRequest> ring;
        private final ProbeCounters counters;
        private final ActionRequest pending = new ActionRequest();
        private final EventTranslator<ActionRequest> copy = (slot, sequence) -> slot.copyFrom(pending);

        Publisher(RingBuffer<ActionRequest> ring, ProbeCounters counters) {
            this.ring = ring;
            this.counters = counters;
        }

        @Override
        public ActionRequest begin() {
            return pending;
        }

        @Override
        public boolean publish() {
            boolean published = ring.tryPublishEvent(copy);
            if (!published) {
                counters.countActionLost();
            }
            return published;
        }
    }
}
