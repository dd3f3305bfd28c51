package org.edgesentry.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.edgesentry.core.net.AddressFamily;
import org.edgesentry.core.net.Cidr;
import org.edgesentry.core.net.PrefixMap;
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
 * What it costs to look a source up in the ignore list, half of them on it: the sorted segments of {@link PrefixMap}
 * against asking entry after entry (as PortSentry does) and a binary trie (as kernels route). Thread: JMH's, one.
 *
 * <pre>java -jar bench/target/benchmarks.jar IgnoreBenchmark -prof gc</pre>
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 2, jvmArgsAppend = {"-Xms24m", "-Xmx512m", "-XX:+UseSerialGC"})
public class IgnoreBenchmark {

    private static final int SOURCES_MASK = (1 << 16) - 1;
    private static final int SHORTEST_PREFIX = 16;

    /** How many networks the list has. */
    @Param({"10", "1000", "100000"})
    public int entries;

    private final long[] sources = new long[SOURCES_MASK + 1];
    private Cidr[] list;
    private PrefixMap segments;
    private BinaryTrie trie;
    private int next;

    /** IPv4 networks of /16 to /32, and sources: one of them, one from anywhere. */
    @Setup
    public void fill() {
        SplittableRandom random = new SplittableRandom(1);
        List<Cidr> networks = new ArrayList<>();
        for (int i = 0; i < entries; i++) {
            networks.add(new Cidr(AddressFamily.IPV4, 0, random.nextInt() & 0xFFFF_FFFFL,
                    random.nextInt(SHORTEST_PREFIX, 33)));
        }
        list = networks.toArray(Cidr[]::new);
        segments = PrefixMap.of(networks);
        trie = new BinaryTrie(networks);
        for (int i = 0; i < sources.length; i++) {
            sources[i] = i % 2 == 0 ? list[random.nextInt(entries)].lo() : random.nextInt() & 0xFFFF_FFFFL;
        }
    }

    /** The product. */
    @Benchmark
    public boolean segments() {
        return segments.contains(AddressFamily.IPV4, 0, source());
    }

    /** Entry after entry. */
    @Benchmark
    public boolean linear() {
        long source = source();
        for (Cidr network : list) {
            if (network.contains(AddressFamily.IPV4, 0, source)) {
                return true;
            }
        }
        return false;
    }

    /** Bit after bit. */
    @Benchmark
    public boolean trie() {
        return trie.contains((int) source());
    }

    private long source() {
        next = next + 1 & SOURCES_MASK;
        return sources[next];
    }
}
