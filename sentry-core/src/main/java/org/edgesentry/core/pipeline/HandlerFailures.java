package org.edgesentry.core.pipeline;

import com.lmax.disruptor.ExceptionHandler;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;

/**
 * Keeps a ring going when a handler throws: counts every failure, and logs each kind once so that a packet which
 * triggers one cannot fill the disk. Thread: any handler's.
 */
final class HandlerFailures<T> implements ExceptionHandler<T> {

    private static final Logger LOG = LogManager.getLogger(HandlerFailures.class);

    private final String ring;
    private final AtomicLong count = new AtomicLong();
    private final Set<String> said = ConcurrentHashMap.newKeySet();

    HandlerFailures(String ring) {
        this.ring = ring;
    }

    long count() {
        return count.get();
    }

    @Override
    public void handleEventException(Throwable failure, long sequence, T event) {
        count.incrementAndGet();
        StackTraceElement[] trace = failure.getStackTrace();
        String kind = failure.getClass().getName() + (trace.length == 0 ? "" : " at " + trace[0]);
        if (said.add(kind)) {
            LOG.error("A handler of the {} ring failed and goes on with the next event: {}", ring, kind, failure);
        }
    }

    @Override
    public void handleOnStartException(Throwable failure) {
        LOG.error("A handler of the {} ring failed to start", ring, failure);
    }

    @Override
    public void handleOnShutdownException(Throwable failure) {
        LOG.error("A handler of the {} ring failed to stop", ring, failure);
    }
}
