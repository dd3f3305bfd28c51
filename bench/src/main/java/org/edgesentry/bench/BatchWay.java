package org.edgesentry.bench;

import com.lmax.disruptor.InsufficientCapacityException;
import com.lmax.disruptor.LiteBlockingWaitStrategy;
import com.lmax.disruptor.RingBuffer;
import com.lmax.disruptor.TimeoutException;
import com.lmax.disruptor.dsl.Disruptor;
import com.lmax.disruptor.dsl.ProducerType;
import com.lmax.disruptor.util.DaemonThreadFactory;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.edgesentry.core.limits.Limits;
import org.edgesentry.core.probe.EventKind;
import org.edgesentry.core.probe.ProbeEvent;
import org.edgesentry.core.probe.ProbeHandler;

/**
 * The product's ring with all handlers on one thread, but claimed and published so many slots at a time, as a capture
 * could that has a block of packets at hand.
 *
 * <pre>
 *   source: claim 32 slots, copy a probe into each, publish the 32 ─► one thread: all handlers
 * </pre>
 *
 * <p>Thread: the source's.
 */
final class BatchWay implements ProbeWay {

    private static final int BATCH = 32;

    private final Disruptor<ProbeEvent> disruptor = new Disruptor<>(ProbeEvent::new, Limits.PROBE_RING_SLOTS,
            DaemonThreadFactory.INSTANCE, ProducerType.MULTI, new LiteBlockingWaitStrategy());
    private final RingBuffer<ProbeEvent> ring = disruptor.getRingBuffer();
    private final ProbeEvent pending = new ProbeEvent();
    private long last = -1;
    private int left;

    BatchWay(List<ProbeHandler> handlers) {
        ProbeHandler[] inOrder = handlers.toArray(ProbeHandler[]::new);
        disruptor.handleEventsWith((event, sequence, endOfBatch) -> {
            for (ProbeHandler handler : inOrder) {
                handler.handle(event);
            }
        });
        disruptor.start();
    }

    @Override
    public ProbeEvent begin() {
        pending.clear();
        return pending;
    }

    @Override
    public boolean publish() {
        if (left == 0 && !claim()) {
            return false;
        }
        left--;
        ring.get(last - left).copyFrom(pending);
        if (left == 0) {
            ring.publish(last - BATCH + 1, last);
        }
        return true;
    }

    private boolean claim() {
        // Asked for beforehand, since the refusal is an exception.
        if (!ring.hasAvailableCapacity(BATCH)) {
            return false;
        }
        try {
            last = ring.tryNext(BATCH);
            left = BATCH;
            return true;
        } catch (InsufficientCapacityException e) {
            return false;
        }
    }

    /** The rest of a batch is filled with what no handler minds: copies of the last probe would be counted. */
    @Override
    public boolean stop() {
        pending.clear();
        pending.kind = EventKind.BLOCK_ENDED;
        while (left > 0) {
            publish();
        }
        try {
            disruptor.shutdown(10, TimeUnit.SECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        }
    }
}
