package org.edgesentry.core.host;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.LinkedHashMap;
import java.util.Map;

/** What {@link HostTableBenchmark} compares: something that remembers when a host was seen. Thread: one. */
interface HostMemory {

    /** Notes a packet of a host; the result only keeps the compiler from leaving it out. */
    long see(long hi, long lo, long epochNanos);

    /** An ordinary map that lets the longest silent host go. */
    static HostMemory inHashMap(int capacity) {
        Map<Address, Host> map = new LinkedHashMap<>(capacity, 0.75f, true) {

            private static final long serialVersionUID = 1;

            @Override
            protected boolean removeEldestEntry(Map.Entry<Address, Host> eldest) {
                return size() > capacity;
            }
        };
        return (hi, lo, epochNanos) -> map.computeIfAbsent(new Address(hi, lo), address -> new Host(epochNanos))
                .touch(epochNanos);
    }

    /** Caffeine, which does its upkeep on the calling thread. */
    static HostMemory inCaffeine(int capacity) {
        Cache<Address, Host> cache = Caffeine.newBuilder().maximumSize(capacity).executor(Runnable::run).build();
        return (hi, lo, epochNanos) -> cache.get(new Address(hi, lo), address -> new Host(epochNanos))
                .touch(epochNanos);
    }

    /** In an order, so that a map can keep those of one hash code in a tree. */
    record Address(long hi, long lo) implements Comparable<Address> {

        @Override
        public int compareTo(Address other) {
            int byHi = Long.compare(hi, other.hi);
            return byHi != 0 ? byHi : Long.compare(lo, other.lo);
        }
    }

    /** The least that has to be known. */
    final class Host {

        private final long firstNanos;
        private long lastNanos;

        Host(long epochNanos) {
            firstNanos = epochNanos;
        }

        private long touch(long epochNanos) {
            lastNanos = epochNanos;
            return lastNanos - firstNanos;
        }
    }
}
