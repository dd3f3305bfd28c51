package org.edgesentry.bench;

import java.util.concurrent.TimeUnit;
import org.edgesentry.core.detect.Coordination;
import org.edgesentry.core.detect.DistinctSketch;
import org.edgesentry.core.detect.Lookalikes;
import org.edgesentry.core.hash.AddressHashes;
import org.edgesentry.core.hash.SipHash;
import org.edgesentry.core.net.AddressFamily;
import org.edgesentry.core.net.IpProtocol;
import org.edgesentry.core.probe.DistributedScan;
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
 * What it costs to look for scans of many sources and for decoys, at 100,000 contacts a second of the time that is
 * handed in. Thread: JMH's, one.
 *
 * <pre>java -jar bench/target/benchmarks.jar CoordinationBenchmark -prof gc</pre>
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 2, jvmArgsAppend = {"-Xms24m", "-Xmx256m", "-XX:+UseSerialGC"})
public class CoordinationBenchmark {

    private static final long HOME = 0xC0A8_0000L;
    private static final long GAP_NANOS = 10_000;

    private final SipHash hash = new SipHash(1, 2);
    private final Coordination coordination = new Coordination(new AddressHashes(hash));
    private final Lookalikes lookalikes = new Lookalikes();
    private final DistinctSketch sketch = new DistinctSketch(14);
    private long random;
    private long epochNanos;

    /** One scanner, one port, host after host. */
    @Benchmark
    public DistributedScan sweepOfOneSource() {
        return contact(7, random() & 0xFFFF, 23);
    }

    /** A new source each time, one port of one host. */
    @Benchmark
    public DistributedScan floodOnOnePort() {
        return contact(random() & 0xFFFF_FFFFL, 1, 80);
    }

    /** A new source each time, any port of any host. */
    @Benchmark
    public DistributedScan floodOnEverything() {
        long drawn = random();
        return contact(drawn & 0xFFFF_FFFFL, drawn >>> 48, (int) (drawn >>> 32) & 0xFFFF);
    }

    /** A new source each time, compared with the others. */
    @Benchmark
    public int lookalikesInAFlood() {
        long drawn = random();
        epochNanos += GAP_NANOS;
        return lookalikes.note(hash.hash(drawn, 1), hash.hash(drawn & 0xFFFF, 2), (int) drawn & 0xFFFF, epochNanos);
    }

    /** A new thing each time, into a sketch of 16 kB. */
    @Benchmark
    public boolean sketch() {
        return sketch.add(random());
    }

    private DistributedScan contact(long source, long host, int port) {
        epochNanos += GAP_NANOS;
        return coordination.note(IpProtocol.TCP, port, AddressFamily.IPV4, 0, HOME | host, 0, source, epochNanos);
    }

    /** SplitMix64: Steele, Lea and Flood 2014. */
    private long random() {
        random += 0x9E37_79B9_7F4A_7C15L;
        long mixed = (random ^ random >>> 30) * 0xBF58_476D_1CE4_E5B9L;
        mixed = (mixed ^ mixed >>> 27) * 0x94D0_49BB_1331_11EBL;
        return mixed ^ mixed >>> 31;
    }
}
