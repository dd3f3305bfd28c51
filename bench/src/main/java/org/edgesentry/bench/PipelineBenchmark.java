package org.edgesentry.bench;

import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.edgesentry.core.limits.Limits;
import org.edgesentry.core.metrics.ProbeTimes;
import org.edgesentry.core.probe.JudgedEvents;
import org.edgesentry.core.probe.ProbeEvent;
import org.edgesentry.core.probe.ProbeHandler;
import org.edgesentry.core.probe.UpcomingEvents;
import org.edgesentry.core.probe.Verdict;
import org.edgesentry.core.time.AnchoredClock;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What one probe costs from the bytes of its frame to the action ring's door: decode and all four handlers, in one
 * thread as {@code PIPELINE="fused"} calls them, without the ring between; the time to the verdict is recorded, as in
 * the daemon. Thread: JMH's, one.
 *
 * <p>The hosts come in random order. With a thousand each is known with all its ports. A million are as many as the
 * table holds, and more than the {@link org.edgesentry.core.limits.Limits#HOSTS_WITH_PORTS} whose ports are remembered:
 * nearly every probe is of somebody who came before and has to do without. Of {@code -p hosts=16000000} nearly every
 * one is new, and takes the place of another.
 *
 * <pre>java -jar bench/target/benchmarks.jar PipelineBenchmark -prof gc</pre>
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(value = 2, jvmArgsAppend = {"-Xms24m", "-Xmx256m", "-XX:+UseSerialGC",
    "-XX:+UseTransparentHugePages"})
public class PipelineBenchmark {

    private static final int PROBES = 64;

    /** How many hosts scan. */
    @Param({"1000", "1000000"})
    public int hosts;

    /** Whether so many probes wait at once that the handlers look ahead, as in a flood; else each comes alone. */
    @Param({"true", "false"})
    public boolean waiting;

    private final Batch batch = new Batch();
    private final JudgedEvents times = new ProbeTimes(new AnchoredClock());
    private EdgeHost sensor;
    private ProbeHandler[] handlers;
    private SynScan scan;

    /** Lets the table grow to its final size: every host once, then as many again at random. */
    @Setup
    public void grow() {
        sensor = new EdgeHost();
        handlers = sensor.handlersWithoutRing().toArray(ProbeHandler[]::new);
        scan = new SynScan(hosts);
        for (int host = 0; host < hosts; host++) {
            scan.probeFrom(host, batch.events[0]);
            handle(batch.events[0], true);
        }
        for (int i = 0; i < hosts / PROBES; i++) {
            probe();
        }
    }

    /** One probe of {@value #PROBES}. */
    @Benchmark
    @OperationsPerInvocation(PROBES)
    public Verdict probe() {
        for (ProbeEvent event : batch.events) {
            scan.nextProbe(event);
        }
        for (int i = 0; i < PROBES; i++) {
            if (waiting && i % Limits.PROBES_FORESEEN == 0) {
                foresee(i);
            }
            handle(batch.events[i], !waiting || i == PROBES - 1);
        }
        return batch.events[0].verdict;
    }

    private void foresee(int from) {
        batch.from = from;
        for (ProbeHandler handler : handlers) {
            handler.foresee(batch);
        }
    }

    private void handle(ProbeEvent event, boolean endOfBatch) {
        for (ProbeHandler handler : handlers) {
            handler.handle(event);
        }
        times.judged(event, endOfBatch);
    }

    /** Where the probes went, for the tests. */
    EdgeHost sensor() {
        return sensor;
    }

    private static final class Batch implements UpcomingEvents {

        private final ProbeEvent[] events = Stream.generate(ProbeEvent::new).limit(PROBES).toArray(ProbeEvent[]::new);
        private int from;

        @Override
        public int count() {
            return Limits.PROBES_FORESEEN;
        }

        @Override
        public ProbeEvent event(int place) {
            return events[from + place];
        }
    }
}
