package org.edgesentry.core.pipeline;

import com.lmax.disruptor.EventHandler;
import com.lmax.disruptor.RingBuffer;
import java.util.List;
import org.edgesentry.core.limits.Limits;
import org.edgesentry.core.probe.EventKind;
import org.edgesentry.core.probe.JudgedEvents;
import org.edgesentry.core.probe.ProbeEvent;
import org.edgesentry.core.probe.ProbeHandler;
import org.edgesentry.core.probe.UpcomingEvents;

/**
 * Handlers that share a thread: each event passes them in their order. Where several events wait, the handlers hear of
 * them beforehand, some at a time.
 *
 * <p>Thread: its own of the pipeline; allocates nothing.
 */
final class Stage implements EventHandler<ProbeEvent> {

    private final RingBuffer<ProbeEvent> ring;
    private final ProbeHandler[] handlers;
    private final JudgedEvents judged;
    private final Upcoming upcoming = new Upcoming();
    private long waiting;

    /** A stage of that ring; this one hears of every event that its last handler is done with. */
    Stage(RingBuffer<ProbeEvent> ring, List<ProbeHandler> handlers, JudgedEvents judged) {
        this.ring = ring;
        this.handlers = handlers.toArray(ProbeHandler[]::new);
        this.judged = judged;
    }

    @Override
    public void onBatchStart(long batchSize, long queueDepth) {
        waiting = batchSize;
        upcoming.count = 0;
    }

    @Override
    public void onEvent(ProbeEvent event, long sequence, boolean endOfBatch) {
        if (upcoming.count == 0) {
            foresee(sequence);
        }
        upcoming.count--;
        waiting--;
        try {
            if (event.kind != EventKind.NONE) {
                handle(event);
            }
        } finally {
            judged.judged(event, endOfBatch);
        }
    }

    private void handle(ProbeEvent event) {
        for (ProbeHandler handler : handlers) {
            handler.handle(event);
        }
    }

    private void foresee(long sequence) {
        upcoming.first = sequence;
        upcoming.count = (int) Math.min(waiting, Limits.PROBES_FORESEEN);
        if (upcoming.count > 1) {
            for (ProbeHandler handler : handlers) {
                handler.foresee(upcoming);
            }
        }
    }

    private final class Upcoming implements UpcomingEvents {

        private long first;
        private int count;

        @Override
        public int count() {
            return count;
        }

        @Override
        public ProbeEvent event(int place) {
            return ring.get(first + place);
        }
    }
}
