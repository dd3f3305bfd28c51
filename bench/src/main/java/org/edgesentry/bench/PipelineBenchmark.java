package org.edgesentry.bench;

import java.util.concurrent.TimeUnit;
import org.edgesentry.core.metrics.ProbeTimes;
import org.edgesentry.core.probe.JudgedEvents;
import org.edgesentry.core.probe.ProbeEvent;
import org.edgesentry.core.probe.ProbeHandler;
import org.edgesentry.core.probe.Verdict;
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
import org.openjdk.jmh.annotations.Warmup;

/**
 * What one probe costs from the bytes of its frame to the action ring's door: decode and all four handlers, in one
 * thread as {@code PIPELINE="fused"} calls them, without the ring between. Thread: JMH's, one.
 *
 * <p>The hosts come in random order. With a thousand each is known with all its ports; a million are more than the
 * {@link org.edgesentry.core.limits.Limits#HOSTS_WITH_PORTS} whose ports are remembered, so that nearly every probe
 * adds a host or takes another's place: the table's worst case.
 *
 * <pre>java -jar bench/target/benchmarks.jar PipelineBenchmark -prof gc</pre>
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(value = 2, jvmArgsAppend = {"-Xms24m", "-Xmx256m", "-XX:+UseSerialGC"})
public class PipelineBenchmark {

    /** How many hosts scan. */
    @Param({"1000", "1000000"})
    public int hosts;

    /** Whether the time to the verdict is recorded, as the daemon does, with batches of so many probes; 0: not. */
    @Param({"0", "1", "64"})
    public int timedBatch;

    private final ProbeEvent event = new ProbeEvent();
    private JudgedEvents times = JudgedEvents.UNHEARD;
    private int inBatch;
    private EdgeHost sensor;
    private ProbeHandler[] handlers;
    private SynScan scan;

    /** Lets the table grow to its final size: every host once, then as many again at random. */
    @Setup
    public void grow() {
        sensor = new EdgeHost();
        times = timedBatch == 0 ? JudgedEvents.UNHEARD : new ProbeTimes(new AnchoredClock());
        handlers = sensor.handlersWithoutRing().toArray(ProbeHandler[]::new);
        scan = new SynScan(hosts);
        for (int host = 0; host < hosts; host++) {
            scan.probeFrom(host, event);
            handle();
        }
        for (int i = 0; i < hosts; i++) {
            probe();
        }
    }

    /** One probe. */
    @Benchmark
    public Verdict probe() {
        scan.nextProbe(event);
        handle();
        return event.verdict;
    }

    private void handle() {
        for (ProbeHandler handler : handlers) {
            handler.handle(event);
        }
        boolean endOfBatch = ++inBatch >= timedBatch;
        times.judged(event, endOfBatch);
        inBatch = endOfBatch ? 0 : inBatch;
    }

    /** Where the probes went, for the tests. */
    EdgeHost sensor() {
        return sensor;
    }
}
