package org.edgesentry.core.pipeline;

import java.util.List;
import java.util.Optional;
import org.edgesentry.core.limits.Limits;
import org.edgesentry.core.metrics.ProbeCounters;
import org.edgesentry.core.probe.ProbeEvent;
import org.edgesentry.core.probe.ProbeHandler;
import org.edgesentry.core.probe.ProbePublisher;

/**
 * The handlers without a ring: publishing an event takes it through all of them before it returns. So nothing is ever
 * lost for want of room, and the same input gives the same output.
 *
 * <p>What a handler publishes while it handles waits until the event at hand is done; then it is handled, and what it
 * causes in turn, first come, first served. Only then does the source go on. A handler that throws costs the event at
 * hand, as in {@link ProbePipeline}: that is counted, and the first cause is kept.
 *
 * <p>Thread: one, the source's; allocates nothing.
 */
public final class InlinePipeline {

    private static final int MASK = Limits.INLINE_BACKLOG - 1;

    private final ProbeCounters counters;
    private final ProbeEvent[] backlog = new ProbeEvent[Limits.INLINE_BACKLOG];
    private ProbeHandler[] handlers = new ProbeHandler[0];
    private boolean handling;
    private int first;
    private int waiting;
    private long failures;
    private RuntimeException firstFailure;

    /** A pipeline without handlers; what finds the backlog full is counted as lost here. */
    public InlinePipeline(ProbeCounters counters) {
        this.counters = counters;
        for (int i = 0; i < backlog.length; i++) {
            backlog[i] = new ProbeEvent();
        }
    }

    /** A new way in: one for the source, and one for a handler that sends itself events. */
    public ProbePublisher publisher() {
        return new Entrance();
    }

    /** From now on these handlers are called, in the order of the list. */
    public void start(List<ProbeHandler> inOrder) {
        handlers = inOrder.toArray(ProbeHandler[]::new);
    }

    /** How often a handler threw. */
    public long failures() {
        return failures;
    }

    /** What was thrown first. */
    public Optional<RuntimeException> firstFailure() {
        return Optional.ofNullable(firstFailure);
    }

    private void handleAll(ProbeEvent event) {
        handling = true;
        handle(event);
        while (waiting > 0) {
            handle(backlog[first]);
            first = first + 1 & MASK;
            waiting--;
        }
        handling = false;
    }

    private void handle(ProbeEvent event) {
        try {
            for (ProbeHandler handler : handlers) {
                handler.handle(event);
            }
        } catch (RuntimeException e) {
            failures++;
            firstFailure = firstFailure == null ? e : firstFailure;
        }
    }

    private boolean enqueue(ProbeEvent event) {
        if (waiting == backlog.length) {
            counters.countLost(event.seenBy);
            return false;
        }
        backlog[first + waiting & MASK].copyFrom(event);
        waiting++;
        return true;
    }

    /** Hands the source's own event to the handlers as it is; only what a handler publishes has to be copied. */
    private final class Entrance implements ProbePublisher {

        private final ProbeEvent event = new ProbeEvent();

        @Override
        public ProbeEvent begin() {
            event.clear();
            return event;
        }

        @Override
        public boolean publish() {
            if (handling) {
                return enqueue(event);
            }
            handleAll(event);
            return true;
        }
    }
}
