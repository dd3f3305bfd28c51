package org.edgesentry.bench;

import java.util.concurrent.TimeUnit;
import org.edgesentry.core.net.TcpFlags;
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
 * What it costs to tell a probe of a trap from other packets. An event is judged once, so each is copied anew as into a
 * slot of the ring; {@code copyOnly} is that part. Thread: JMH's, one.
 *
 * <pre>java -jar bench/target/benchmarks.jar ClassifyBenchmark -prof gc</pre>
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 2, jvmArgsAppend = {"-Xms24m", "-Xmx256m", "-XX:+UseSerialGC"})
public class ClassifyBenchmark {

    private static final int CLOSED_PORT = 2_000;

    private final ProbeHandler classify = new EdgeHost().handlersWithoutRing().get(0);
    private final ProbeEvent event = new ProbeEvent();
    private final ProbeEvent trap = syn();
    private final ProbeEvent closed = syn();
    private final ProbeEvent answer = syn();

    /** Decodes the packets. */
    public ClassifyBenchmark() {
        closed.destinationPort = CLOSED_PORT;
        answer.destinationPort = CLOSED_PORT;
        answer.tcpFlags |= TcpFlags.ACK;
    }

    private static ProbeEvent syn() {
        ProbeEvent syn = new ProbeEvent();
        new SynScan(1).probeFrom(0, syn);
        return syn;
    }

    /** The floor: no handler. */
    @Benchmark
    public ProbeEvent copyOnly() {
        event.copyFrom(trap);
        return event;
    }

    /** SYN to a trap. */
    @Benchmark
    public Verdict trapPort() {
        return judge(trap);
    }

    /** SYN to a closed port that is no trap. */
    @Benchmark
    public Verdict otherPort() {
        return judge(closed);
    }

    /** SYN+ACK that nobody asked for. */
    @Benchmark
    public Verdict unaskedAnswer() {
        return judge(answer);
    }

    private Verdict judge(ProbeEvent packet) {
        event.copyFrom(packet);
        classify.handle(event);
        return event.verdict;
    }
}
