package org.edgesentry.bench;

import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import org.edgesentry.core.decode.DecodeStatus;
import org.edgesentry.core.decode.FrameDecoder;
import org.edgesentry.core.decode.LinkType;
import org.edgesentry.core.probe.ProbeEvent;
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
 * What it costs to read one frame into an event. Thread: JMH's, one.
 *
 * <pre>java -jar bench/target/benchmarks.jar DecodeBenchmark -prof gc</pre>
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 2, jvmArgsAppend = {"-Xms24m", "-Xmx256m", "-XX:+UseSerialGC"})
public class DecodeBenchmark {

    private final ByteBuffer ipv4 = Frames.ipv4();
    private final ByteBuffer ipv6WithExtensions = Frames.ipv6WithExtensions();
    private final ByteBuffer qinq = Frames.qinq();
    private final FrameDecoder decoder = new FrameDecoder(1, 2);
    private final ProbeEvent event = new ProbeEvent();

    /** TCP over IPv4: 54 bytes. */
    @Benchmark
    public DecodeStatus ipv4() {
        return decode(ipv4);
    }

    /** TCP over IPv6 with three extension headers: 98 bytes. */
    @Benchmark
    public DecodeStatus ipv6WithExtensions() {
        return decode(ipv6WithExtensions);
    }

    /** TCP over IPv4 behind two VLAN tags: 62 bytes. */
    @Benchmark
    public DecodeStatus qinq() {
        return decode(qinq);
    }

    private DecodeStatus decode(ByteBuffer frame) {
        event.clear();
        return decoder.decode(LinkType.ETHERNET, frame, 0, frame.limit(), event);
    }

    /** What was read last, for the tests. */
    ProbeEvent event() {
        return event;
    }
}
