package org.edgesentry.bench;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.edgesentry.core.config.PipelineLayout;
import org.edgesentry.core.probe.ProbeEvent;
import org.edgesentry.core.probe.ProbeHandler;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What one probe costs a busy sensor in all: a source decodes and publishes as fast as the pipeline takes it, the
 * handlers run on threads of their own, and nothing is lost. The slower side sets the figure. A handler that does
 * nothing is the floor of each way, and a JDK queue what a reader would take instead. Thread: JMH's, one, is the
 * source.
 *
 * <pre>
 *   fused:      source ─► ring ─► one thread: classify, ignore, host state, dispatch
 *   staged:     source ─► ring ─► classify ─► ignore ─► host state ─► dispatch, a thread each
 *   by 32:      either, 32 probes published at a time, as the packet ring does in a flood
 *   queue:      source ─► ArrayBlockingQueue ─► one thread: all four
 * </pre>
 *
 * <pre>java -jar bench/target/benchmarks.jar RingBenchmark -prof gc</pre>
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(value = 2, jvmArgsAppend = {"-Xms24m", "-Xmx256m", "-XX:+UseSerialGC",
    "-XX:+UseTransparentHugePages"})
public class RingBenchmark {

    /** What takes the probes out of the ring. */
    public enum Layout {
        /** A handler that does nothing: the cost of the ring itself. */
        EMPTY,
        /** The same, published 32 at a time. */
        EMPTY_BY_32,
        /** The same behind a JDK queue. */
        EMPTY_QUEUE,
        /** The four handlers on one thread. */
        FUSED,
        /** The same, published 32 at a time. */
        FUSED_BY_32,
        /** The same behind a JDK queue. */
        FUSED_QUEUE,
        /** The four handlers on a thread each. */
        STAGED,
        /** The same, published 32 at a time. */
        STAGED_BY_32
    }

    /** How the ring is emptied. */
    @Param
    public Layout layout;

    /** How many hosts scan, in random order. */
    @Param("1000000")
    public int hosts;

    private EdgeHost sensor;
    private ProbeWay way;
    private SynScan scan;

    /** Starts the handler threads. */
    @Setup
    public void start() {
        sensor = new EdgeHost();
        scan = new SynScan(hosts);
        List<ProbeHandler> nothing = List.of(event -> { });
        // No tick comes, so that handlers never send themselves anything.
        List<ProbeHandler> four = sensor.handlersWithoutRing();
        way = switch (layout) {
            case EMPTY -> ProbeWay.single(PipelineLayout.FUSED, sensor.counters, nothing);
            case EMPTY_BY_32 -> ProbeWay.batches(PipelineLayout.FUSED, sensor.counters, nothing);
            case EMPTY_QUEUE -> new QueueWay(nothing);
            case FUSED -> ProbeWay.single(PipelineLayout.FUSED, sensor.counters, four);
            case FUSED_BY_32 -> ProbeWay.batches(PipelineLayout.FUSED, sensor.counters, four);
            case FUSED_QUEUE -> new QueueWay(four);
            case STAGED -> ProbeWay.single(PipelineLayout.STAGED, sensor.counters, four);
            case STAGED_BY_32 -> ProbeWay.batches(PipelineLayout.STAGED, sensor.counters, four);
        };
    }

    /** One probe. */
    @Benchmark
    public ProbeEvent probe() {
        ProbeEvent event = way.begin();
        scan.nextProbe(event);
        while (!way.publish()) {
            Thread.onSpinWait();
        }
        return event;
    }

    /** Lets the handlers finish. */
    @TearDown
    public void stop() {
        if (!way.stop()) {
            throw new IllegalStateException("the handlers did not take all probes");
        }
    }

    /** Where the probes went, for the tests. */
    EdgeHost sensor() {
        return sensor;
    }
}
