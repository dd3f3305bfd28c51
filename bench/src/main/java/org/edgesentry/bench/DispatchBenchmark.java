package org.edgesentry.bench;

import java.util.concurrent.TimeUnit;
import org.edgesentry.core.probe.ProbeEvent;
import org.edgesentry.core.probe.ProbeHandler;
import org.edgesentry.core.probe.Verdict;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What it costs to count a judged probe, and to ask for its line and block. The request goes to a publisher that only
 * counts: see {@link RingBenchmark} for a ring. Thread: JMH's, one.
 *
 * <pre>java -jar bench/target/benchmarks.jar DispatchBenchmark -prof gc</pre>
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 2, jvmArgsAppend = {"-Xms24m", "-Xmx256m", "-XX:+UseSerialGC"})
public class DispatchBenchmark {

    private final EdgeHost sensor = new EdgeHost();
    private final ProbeHandler dispatch = sensor.handlersWithoutRing().get(3);
    private final ProbeEvent folded = judged(false);
    private final ProbeEvent blocked = judged(true);

    private static ProbeEvent judged(boolean blockRequested) {
        ProbeEvent event = new ProbeEvent();
        new SynScan(1).probeFrom(0, event);
        event.verdict = Verdict.PROBE;
        event.reported = blockRequested;
        event.blockRequested = blockRequested;
        return event;
    }

    /** A probe of a host that has had its lines: it is only counted. */
    @Benchmark
    public long countOnly() {
        dispatch.handle(folded);
        return sensor.actions.count();
    }

    /** A probe that leads to a line and a block. */
    @Benchmark
    public long request() {
        dispatch.handle(blocked);
        return sensor.actions.count();
    }
}
