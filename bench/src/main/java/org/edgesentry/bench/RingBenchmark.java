package org.edgesentry.bench;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.edgesentry.core.config.PipelineLayout;
import org.edgesentry.core.limits.Limits;
import org.edgesentry.core.metrics.ProbeTimes;
import org.edgesentry.core.pipeline.ProbePipeline;
import org.edgesentry.core.probe.ProbePublisher;
import org.edgesentry.core.time.AnchoredClock;
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
 * handlers run on threads of their own, and nothing is lost. The slower side sets the figure. Thread: JMH's, one, is
 * the source.
 *
 * <pre>java -jar bench/target/benchmarks.jar RingBenchmark -prof gc</pre>
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(value = 2, jvmArgsAppend = {"-Xms24m", "-Xmx256m", "-XX:+UseSerialGC"})
public class RingBenchmark {

    private static final int HOSTS = 1_000;

    /** What takes the probes out of the ring. */
    public enum Layout {
        /** A handler that does nothing: the cost of the ring itself. */
        EMPTY,
        /** The four handlers on one thread. */
        FUSED,
        /** The four handlers on a thread each. */
        STAGED
    }

    /** How the ring is emptied. */
    @Param
    public Layout layout;

    private EdgeHost sensor;
    private ProbePipeline pipeline;
    private ProbePublisher publisher;
    private SynScan scan;

    /** Starts the handler threads. */
    @Setup
    public void start() {
        sensor = new EdgeHost();
        scan = new SynScan(HOSTS);
        pipeline = new ProbePipeline(Limits.PROBE_RING_SLOTS, sensor.counters, new ProbeTimes(new AnchoredClock()));
        publisher = pipeline.publisher();
        switch (layout) {
            case EMPTY -> pipeline.start(PipelineLayout.FUSED, List.of(event -> { }));
            case FUSED -> pipeline.start(PipelineLayout.FUSED, sensor.handlers(pipeline.publisher()));
            default -> pipeline.start(PipelineLayout.STAGED, sensor.handlers(pipeline.publisher()));
        }
    }

    /** One probe. */
    @Benchmark
    public void probe() {
        scan.nextProbe(publisher.begin());
        while (!publisher.publish()) {
            Thread.onSpinWait();
        }
    }

    /** Lets the handlers finish. */
    @TearDown
    public void stop() {
        if (!pipeline.stop(Duration.ofSeconds(10)) || pipeline.failures() > 0) {
            throw new IllegalStateException("the pipeline did not take all probes");
        }
    }

    /** Where the probes went, for the tests. */
    EdgeHost sensor() {
        return sensor;
    }
}
