package org.edgesentry.bench;

import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.edgesentry.core.limits.Limits;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What a look at memory costs that is in no cache, out of as much as the buckets and rows of a million hosts take: the
 * floor below {@link PipelineBenchmark} with so many. A probe needs two such looks at least, one after the other.
 * Thread: JMH's, one.
 *
 * <pre>java -jar bench/target/benchmarks.jar MemoryBenchmark</pre>
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(value = 2, jvmArgsAppend = {"-Xms256m", "-Xmx256m", "-XX:+UseSerialGC", "-XX:+UseTransparentHugePages"})
public class MemoryBenchmark {

    private static final int LOOKS = Limits.PROBES_FORESEEN;
    /** 64 MB. */
    private static final int MASK = (8 << 20) - 1;
    /** Of a full cycle: Knuth's constants for MMIX. */
    private static final long FACTOR = 6_364_136_223_846_793_005L;
    private static final long STEP = 1_442_695_040_888_963_407L;

    private final long[] memory = new SplittableRandom(1).longs(MASK + 1L).toArray();
    private long random;

    /** Where to look is known from the look before, as of a probe that comes by itself. */
    @Benchmark
    @OperationsPerInvocation(LOOKS)
    public long alone() {
        long found = 0;
        for (int i = 0; i < LOOKS; i++) {
            found = memory[place() ^ (int) found & MASK];
        }
        return found;
    }

    /** All places are known, as of probes that wait. */
    @Benchmark
    @OperationsPerInvocation(LOOKS)
    public long together() {
        long sum = 0;
        for (int i = 0; i < LOOKS; i++) {
            sum += memory[place()];
        }
        return sum;
    }

    private int place() {
        random = random * FACTOR + STEP;
        return (int) (random >>> Integer.SIZE) & MASK;
    }
}
