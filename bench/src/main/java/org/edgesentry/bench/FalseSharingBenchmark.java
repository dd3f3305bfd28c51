package org.edgesentry.bench;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLongArray;
import org.edgesentry.core.metrics.SingleWriterCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Group;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Whether counting costs more because another core writes nearby. Two threads, as the capture and the pipeline are,
 * count each in its own counters; one of them alone is the floor. Counters in one cache line show what it would cost.
 *
 * <pre>
 *   alone:   one thread
 *   apart:   two threads, each with {@link SingleWriterCounters} made one after the other
 *   shared:  two threads, neighbouring places of one array
 * </pre>
 *
 * <pre>java -jar bench/target/benchmarks.jar FalseSharingBenchmark</pre>
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 2, jvmArgsAppend = {"-Xms24m", "-Xmx256m", "-XX:+UseSerialGC"})
public class FalseSharingBenchmark {

    private final SingleWriterCounters capture = new SingleWriterCounters(1);
    private final SingleWriterCounters pipeline = new SingleWriterCounters(1);
    private final AtomicLongArray neighbours = new AtomicLongArray(16);

    /** One thread counts, nobody else. */
    @Benchmark
    public void alone() {
        capture.increment(0);
    }

    /** The first of two threads. */
    @Benchmark
    @Group("apart")
    public void apartCapture() {
        capture.increment(0);
    }

    /** The second. */
    @Benchmark
    @Group("apart")
    public void apartPipeline() {
        pipeline.increment(0);
    }

    /** The first of two threads that share a line. */
    @Benchmark
    @Group("shared")
    public void sharedCapture() {
        neighbours.lazySet(8, neighbours.getPlain(8) + 1);
    }

    /** The second. */
    @Benchmark
    @Group("shared")
    public void sharedPipeline() {
        neighbours.lazySet(9, neighbours.getPlain(9) + 1);
    }
}
