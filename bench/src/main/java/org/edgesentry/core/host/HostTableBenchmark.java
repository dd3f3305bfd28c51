package org.edgesentry.core.host;

import java.util.concurrent.TimeUnit;
import org.edgesentry.core.hash.SipHash;
import org.edgesentry.core.limits.Limits;
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
 * What it costs to remember the source of a packet: look it up, note the time, or take it in and let another go. The
 * host table against what a reader would take instead: a {@link java.util.HashMap} in the order of access, and
 * Caffeine; all hold as many hosts as there are, up to a power of two. Thread: JMH's, one.
 *
 * <p>{@code HOSTILE} keys are IPv6 networks whose two halves are equal: {@link Long#hashCode} is the same for all.
 * With {@code NEW} ones the table is always full, as in a flood with forged sources.
 *
 * <pre>java -jar bench/target/benchmarks.jar HostTableBenchmark -prof gc</pre>
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 2, jvmArgsAppend = {"-Xmx1g", "-XX:+UseSerialGC",
    "-XX:+UseTransparentHugePages"})
public class HostTableBenchmark {

    private static final long NANOS_PER_PACKET = 1_000;
    private static final long IPV4_MAPPED = 0xFFFFL << 32;

    /** Whose packets come. */
    public enum Sources {
        /** Known hosts at random. */
        KNOWN,
        /** Known hosts at random, who chose their addresses to collide. */
        HOSTILE,
        /** Each time another one. */
        NEW
    }

    /** How many hosts are known. */
    @Param({"1000", "1000000"})
    public int hosts;

    /** Whose packets come. */
    @Param
    public Sources sources;

    /** Where they are remembered. */
    @Param({"TABLE", "HASH_MAP", "CAFFEINE"})
    public Memory memory;

    private HostMemory known;
    private long random = 42;
    private int newest;
    private long epochNanos;

    /** What remembers. */
    public enum Memory {
        /** The product. */
        TABLE,
        /** LinkedHashMap in the order of access. */
        HASH_MAP,
        /** Caffeine with its maximum size, working on the calling thread. */
        CAFFEINE
    }

    /** Every host once. */
    @Setup
    public void fill() {
        int capacity = Integer.highestOneBit(hosts) << 1;
        known = switch (memory) {
            case TABLE -> new InTable(SipHash.withRandomKey(), capacity);
            case HASH_MAP -> HostMemory.inHashMap(capacity);
            case CAFFEINE -> HostMemory.inCaffeine(capacity);
        };
        int first = sources == Sources.NEW ? capacity : hosts;
        for (newest = 0; newest < first; newest++) {
            see(newest);
        }
    }

    /** One packet. */
    @Benchmark
    public long packet() {
        return see(sources == Sources.NEW ? newest++ : anyHost());
    }

    private long see(int host) {
        epochNanos += NANOS_PER_PACKET;
        return sources == Sources.HOSTILE ? known.see((long) host << 32 | host, 1, epochNanos)
                : known.see(0, IPV4_MAPPED | host & 0xFFFF_FFFFL, epochNanos);
    }

    /** D. Knuth's 64-bit linear congruential generator, MMIX. */
    private int anyHost() {
        random = random * 6_364_136_223_846_793_005L + 1_442_695_040_888_963_407L;
        return (int) ((random >>> 33) * hosts >>> 31);
    }

    private record InTable(SipHash hash, HostTable table) implements HostMemory {

        private InTable(SipHash hash, int capacity) {
            this(hash, new HostTable(capacity, Math.min(capacity, Limits.HOSTS_WITH_PORTS), hash));
        }

        @Override
        public long see(long hi, long lo, long epochNanos) {
            long hashed = hash.hash(hi, lo);
            int row = table.find(hashed, hi, lo);
            if (row == HostRows.NONE) {
                return table.add(hashed, hi, lo, 0, epochNanos);
            }
            table.touch(row, epochNanos);
            return row;
        }
    }
}
