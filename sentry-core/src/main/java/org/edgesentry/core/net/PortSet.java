package org.edgesentry.core.net;

import java.util.Arrays;
import java.util.BitSet;
import java.util.StringJoiner;

/**
 * A set of port numbers from 0 to 65535, one bit each.
 *
 * <p>Thread: immutable; {@link #contains} allocates nothing.
 */
public final class PortSet {

    /** No port at all. */
    public static final PortSet EMPTY = new PortSet(new BitSet());

    private final long[] words = new long[1024];
    private final int size;

    private PortSet(BitSet ports) {
        long[] given = ports.toLongArray();
        System.arraycopy(given, 0, words, 0, given.length);
        this.size = ports.cardinality();
    }

    /** The set of the bits that are on; bits above 65535 are an error. */
    public static PortSet of(BitSet ports) {
        if (ports.length() > 65_536) {
            throw new IllegalArgumentException("no such port: " + (ports.length() - 1));
        }
        return new PortSet(ports);
    }

    /** The ports from the first to the last, both in it. */
    public static PortSet range(int first, int last) {
        BitSet ports = new BitSet();
        ports.set(first, last + 1);
        return of(ports);
    }

    /** Whether the port is in the set. */
    public boolean contains(int port) {
        return (words[port >>> 6] & 1L << port) != 0;
    }

    /** How many ports are in the set. */
    public int size() {
        return size;
    }

    /** Whether no port is in the set. */
    public boolean isEmpty() {
        return size == 0;
    }

    /** The ports as bits, a copy. */
    public BitSet toBitSet() {
        return BitSet.valueOf(words);
    }

    /** The ports in ascending order. */
    public int[] toArray() {
        return toBitSet().stream().toArray();
    }

    /** This set without the ports of the other. */
    public PortSet without(PortSet other) {
        BitSet left = toBitSet();
        left.andNot(other.toBitSet());
        return new PortSet(left);
    }

    /** The ports that are in both. */
    public PortSet common(PortSet other) {
        BitSet both = toBitSet();
        both.and(other.toBitSet());
        return new PortSet(both);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PortSet that && Arrays.equals(words, that.words);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(words);
    }

    /** The form of the configuration file: {@code 1,7,10-20}. */
    @Override
    public String toString() {
        StringJoiner text = new StringJoiner(",");
        BitSet bits = toBitSet();
        for (int from = bits.nextSetBit(0); from >= 0; from = bits.nextSetBit(from)) {
            int to = bits.nextClearBit(from) - 1;
            text.add(from == to ? String.valueOf(from) : from + "-" + to);
            from = to + 1;
        }
        return text.toString();
    }
}
