package org.edgesentry.core.pipeline;

import com.lmax.disruptor.EventTranslator;
import com.lmax.disruptor.InsufficientCapacityException;
import com.lmax.disruptor.RingBuffer;
import org.edgesentry.core.metrics.ProbeCounters;
import org.edgesentry.core.probe.EventKind;
import org.edgesentry.core.probe.ProbeEvent;
import org.edgesentry.core.probe.ProbePublisher;

/**
 * Publishes into the probe ring: single probes by a copy, those of a batch by filling the claimed slots where they are.
 *
 * <p>Thread: the one it was made for.
 */
final class RingProbePublisher implements ProbePublisher {

    /** The part of the ring that batches leave to commands, ticks and outcomes, whatever is at hand: one in so many. */
    private static final int RESERVE = 4;

    private final RingBuffer<ProbeEvent> ring;
    private final int reserve;
    private final ProbeCounters counters;
    private final ProbeEvent pending = new ProbeEvent();
    private final EventTranslator<ProbeEvent> copy = (slot, sequence) -> slot.copyFrom(pending);
    /** The slots of the open batch; none is open while the next one lies behind the last. */
    private long first;
    private long next;
    private long last = -1;

    RingProbePublisher(RingBuffer<ProbeEvent> ring, ProbeCounters counters) {
        this.ring = ring;
        this.reserve = ring.getBufferSize() / RESERVE;
        this.counters = counters;
    }

    @Override
    public ProbeEvent begin() {
        ProbeEvent event = next <= last ? ring.get(next) : pending;
        event.clear();
        return event;
    }

    @Override
    public boolean publish() {
        if (next <= last) {
            next++;
            return true;
        }
        boolean published = ring.tryPublishEvent(copy);
        if (!published) {
            counters.countLost(pending.seenBy);
        }
        return published;
    }

    @Override
    public int openBatch(int most) {
        int room = (int) Math.min(most, ring.remainingCapacity() - reserve);
        if (room <= 0) {
            return 0;
        }
        try {
            last = ring.tryNext(room);
        } catch (InsufficientCapacityException e) {
            // Another source was faster. (The exception is made once and for all.)
            return 0;
        }
        first = last - room + 1;
        next = first;
        return room;
    }

    @Override
    public void closeBatch() {
        long end = last;
        for (; next <= end; next++) {
            ring.get(next).kind = EventKind.NONE;
        }
        last = -1;
        ring.publish(first, end);
    }
}
