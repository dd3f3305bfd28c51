package org.edgesentry.core.pipeline;

import com.lmax.disruptor.EventHandler;
import com.lmax.disruptor.LiteBlockingWaitStrategy;
import com.lmax.disruptor.dsl.Disruptor;
import com.lmax.disruptor.dsl.EventHandlerGroup;
import com.lmax.disruptor.dsl.ProducerType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.LongStream;
import org.edgesentry.core.config.PipelineLayout;
import org.edgesentry.core.metrics.ProbeCounters;
import org.edgesentry.core.probe.JudgedEvents;
import org.edgesentry.core.probe.ProbeEvent;
import org.edgesentry.core.probe.ProbeHandler;
import org.edgesentry.core.probe.ProbePublisher;

/**
 * The probe ring and the threads that take probes through the four handlers.
 *
 * <p><b>Assumptions.</b> Several sources publish, each from a thread of its own with a publisher of its own. A source
 * must never be stopped by what comes after it, since the packets behind would be lost unseen.
 *
 * <p><b>Guarantees.</b> Every event passes the handlers in order, one event after the other. Publishing never waits: a
 * full ring loses the probe and counts it. Nothing is allocated and no lock is taken between publisher and the last
 * handler, except to wake a handler thread that sleeps because there was nothing to do. A handler that throws is
 * counted and said, and the next event goes on.
 *
 * <pre>
 *   fused:   ring ─► one thread: classify, ignore, host state, dispatch
 *   staged:  ring ─► classify ─► ignore ─► host state ─► dispatch, a thread each
 * </pre>
 *
 * <p>Thread: made, started and stopped by the composition root.
 */
public final class ProbePipeline {

    private static final long DRAIN_PAUSE_NANOS = 200_000;

    private final ProbeCounters counters;
    private final HandlerFailures<ProbeEvent> failures = new HandlerFailures<>("probe");
    private final Disruptor<ProbeEvent> disruptor;
    private final JudgedEvents judged;
    private final List<EventHandler<ProbeEvent>> stages = new ArrayList<>();

    /** A pipeline of so many slots (a power of two), not started. */
    public ProbePipeline(int slots, ProbeCounters counters) {
        this(slots, counters, JudgedEvents.UNHEARD);
    }

    /** The same; this one hears of every event that the last handler is done with. */
    public ProbePipeline(int slots, ProbeCounters counters, JudgedEvents judged) {
        this.counters = counters;
        this.judged = judged;
        this.disruptor = new Disruptor<>(ProbeEvent::new, slots, new NamedThreads("sentry-probes"),
                ProducerType.MULTI, new LiteBlockingWaitStrategy());
    }

    /** A new way in, for one thread. */
    public ProbePublisher publisher() {
        return new RingProbePublisher(disruptor.getRingBuffer(), counters);
    }

    /** Starts the threads; the handlers are called in the order of the list. */
    public void start(PipelineLayout layout, List<ProbeHandler> handlers) {
        disruptor.setDefaultExceptionHandler(failures);
        int last = layout == PipelineLayout.FUSED ? 0 : handlers.size() - 1;
        handlers.subList(0, last).forEach(handler -> stages.add(stage(List.of(handler), JudgedEvents.UNHEARD)));
        stages.add(stage(handlers.subList(last, handlers.size()), judged));
        EventHandlerGroup<ProbeEvent> chain = null;
        for (EventHandler<ProbeEvent> stage : stages) {
            chain = chain == null ? disruptor.handleEventsWith(stage) : chain.then(stage);
        }
        disruptor.start();
    }

    private EventHandler<ProbeEvent> stage(List<ProbeHandler> handlers, JudgedEvents hears) {
        return new Stage(disruptor.getRingBuffer(), handlers, hears);
    }

    /**
     * Takes what is in the ring through the handlers, then ends the threads. Sources must have stopped.
     *
     * @return false when that took longer than the limit; the rest is lost
     */
    public boolean stop(Duration limit) {
        boolean drained = isDrained();
        for (long pauses = limit.toNanos() / DRAIN_PAUSE_NANOS; !drained && pauses > 0; pauses--) {
            LockSupport.parkNanos(DRAIN_PAUSE_NANOS);
            drained = isDrained();
        }
        disruptor.halt();
        return drained;
    }

    /**
     * A handler may publish while it handles. Reading what is done before what is published makes that visible: once an
     * event is done, all that its handlers published counts as published.
     */
    private boolean isDrained() {
        long done = disruptor.getSequenceValueFor(stages.get(stages.size() - 1));
        return done >= disruptor.getCursor();
    }

    /** How many events the ring has room for. */
    public long slots() {
        return disruptor.getBufferSize();
    }

    /**
     * How many published events each thread of the pipeline has not dealt with yet, in the order of the handlers: one
     * figure where the layout is fused. Thread: any, after the start.
     */
    public long[] lags() {
        long[] done = stages.stream().mapToLong(disruptor::getSequenceValueFor).toArray();
        long published = disruptor.getCursor();
        return LongStream.of(done).map(one -> published - one).toArray();
    }

    /** How often a handler threw. */
    public long failures() {
        return failures.count();
    }
}
