package org.edgesentry.bench;

import java.time.ZoneOffset;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.edgesentry.actions.history.BlockState;
import org.edgesentry.actions.history.Portsentry1Format;
import org.edgesentry.actions.history.Portsentry2Format;
import org.edgesentry.core.action.ActionRequest;
import org.edgesentry.core.net.AddressFamily;
import org.edgesentry.core.net.AddressText;
import org.edgesentry.core.net.IpProtocol;
import org.edgesentry.core.probe.ScanType;
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
 * What it costs to word the line of a probe in either form, against {@code String.format}. Here, behind the action
 * ring, memory is allocated: {@code -prof gc} says how much. Thread: JMH's, one.
 *
 * <pre>java -jar bench/target/benchmarks.jar LineBenchmark -prof gc</pre>
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 2, jvmArgsAppend = {"-Xms24m", "-Xmx256m", "-XX:+UseSerialGC"})
public class LineBenchmark {

    private final Portsentry1Format portsentry1 = new Portsentry1Format(ZoneOffset.UTC);
    private final Portsentry2Format portsentry2 = new Portsentry2Format(ZoneOffset.UTC);
    private final ActionRequest probe = new ActionRequest();

    /** A SYN of 198.51.100.7 to port 111 that leads to a block. */
    public LineBenchmark() {
        probe.epochNanos = 1_795_342_530_123_000_000L;
        probe.family = AddressFamily.IPV4;
        probe.sourceLo = 0xC633_6407L;
        probe.protocol = IpProtocol.TCP;
        probe.port = 111;
        probe.scanType = ScanType.TCP_SYN;
        probe.triggered = true;
    }

    /** Log line of PortSentry 1.2's form. */
    @Benchmark
    public String portsentry1Log() {
        return portsentry1.logLine(probe, BlockState.BLOCKED, "198.51.100.7");
    }

    /** Line of the blocked file, with its time. */
    @Benchmark
    public Optional<String> portsentry1Blocked() {
        return portsentry1.blockedHistoryLine(probe, "198.51.100.7");
    }

    /** History line of PortSentry 2.0's form, with its time. */
    @Benchmark
    public Optional<String> portsentry2History() {
        return portsentry2.historyLine(probe, BlockState.BLOCKED, "198.51.100.7");
    }

    /** The same text as {@link #portsentry1Log}. */
    @Benchmark
    public String portsentry1LogByStringFormat() {
        return String.format("attackalert: %s from host: %s/%s to %s port: %d", probe.scanType.text(), "198.51.100.7",
                AddressText.format(probe.family, probe.sourceHi, probe.sourceLo), IpProtocol.name(probe.protocol),
                probe.port);
    }
}
