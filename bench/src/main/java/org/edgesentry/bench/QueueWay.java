package org.edgesentry.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.edgesentry.core.limits.Limits;
import org.edgesentry.core.probe.ProbeEvent;
import org.edgesentry.core.probe.ProbeHandler;

/**
 * What a reader would take instead of the ring: a JDK queue as long, all handlers on one thread, which drains what is
 * there. Events are used in turn, two more than are ever underway, so nothing is allocated here either.
 *
 * <p>Thread: the source's.
 */
final class QueueWay implements ProbeWay {

    private static final int DRAINED = 256;

    private final ArrayBlockingQueue<ProbeEvent> queue = new ArrayBlockingQueue<>(Limits.PROBE_RING_SLOTS);
    private final ProbeEvent[] events = new ProbeEvent[Limits.PROBE_RING_SLOTS + DRAINED + 2];
    private final ProbeHandler[] handlers;
    private final Thread consumer = new Thread(this::handleAll, "queue-handlers");
    private final ProbeEvent end = new ProbeEvent();
    private int next;

    QueueWay(List<ProbeHandler> handlers) {
        this.handlers = handlers.toArray(ProbeHandler[]::new);
        for (int i = 0; i < events.length; i++) {
            events[i] = new ProbeEvent();
        }
        consumer.setDaemon(true);
        consumer.start();
    }

    @Override
    public ProbeEvent begin() {
        events[next].clear();
        return events[next];
    }

    @Override
    public boolean publish() {
        if (!queue.offer(events[next])) {
            return false;
        }
        next = next + 1 == events.length ? 0 : next + 1;
        return true;
    }

    private void handleAll() {
        List<ProbeEvent> drained = new ArrayList<>(DRAINED);
        try {
            while (true) {
                drained.add(queue.take());
                queue.drainTo(drained, DRAINED - 1);
                for (ProbeEvent event : drained) {
                    if (event == end) {
                        return;
                    }
                    handle(event);
                }
                drained.clear();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void handle(ProbeEvent event) {
        for (ProbeHandler handler : handlers) {
            handler.handle(event);
        }
    }

    @Override
    public boolean stop() {
        try {
            queue.put(end);
            consumer.join(TimeUnit.SECONDS.toMillis(10));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return !consumer.isAlive();
    }
}
