package org.edgesentry.core.pipeline;

import com.lmax.disruptor.EventTranslator;
import com.lmax.disruptor.RingBuffer;
import org.edgesentry.core.metrics.ProbeCounters;
import org.edgesentry.core.probe.ProbeEvent;
import org.edgesentry.core.probe.ProbePublisher;

/** Publishes into the probe ring. Thread: the one it was made for. */
final class RingProbePublisher implements ProbePublisher {

    private final RingBuffer<ProbeEvent> ring;
    private final ProbeCounters counters;
    private final ProbeEvent pending = new ProbeEvent();
    private final EventTranslator<ProbeEvent> copy = (slot, sequence) -> slot.copyFrom(pending);

    RingProbePublisher(RingBuffer<ProbeEvent> ring, ProbeCounters counters) {
        this.ring = ring;
        this.counters = counters;
    }

    @Override
    public ProbeEvent begin() {
        pending.clear();
        return pending;
    }

    @Override
    public boolean publish() {
        boolean published = ring.tryPublishEvent(copy);
        if (!published) {
            counters.countLost(pending.seenBy);
        }
        return published;
    }
}
