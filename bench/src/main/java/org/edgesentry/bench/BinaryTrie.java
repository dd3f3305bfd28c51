package org.edgesentry.bench;

import java.util.Arrays;
import java.util.List;
import org.edgesentry.core.net.Cidr;

/**
 * IPv4 networks as a binary trie in one array, a node of two children for each bit. What {@link IgnoreBenchmark}
 * compares with. Thread: immutable.
 */
final class BinaryTrie {

    private static final int NONE = 0;
    private static final int ENTRY = -1;
    private static final int BITS = 32;

    private int[] children = new int[2];
    private int nodes = 1;

    BinaryTrie(List<Cidr> networks) {
        for (Cidr network : networks) {
            add((int) network.lo(), network.prefixLength());
        }
    }

    /** Below an entry nothing is kept, since the shorter network covers it. */
    private void add(int address, int prefixLength) {
        int place = bit(address, 0);
        for (int depth = 1; depth < prefixLength && children[place] != ENTRY; depth++) {
            if (children[place] == NONE) {
                children = 2 * nodes == children.length ? Arrays.copyOf(children, 2 * children.length) : children;
                children[place] = nodes++;
            }
            place = 2 * children[place] + bit(address, depth);
        }
        children[place] = ENTRY;
    }

    boolean contains(int address) {
        int child = children[bit(address, 0)];
        for (int depth = 1; child > NONE; depth++) {
            child = children[2 * child + bit(address, depth)];
        }
        return child == ENTRY;
    }

    private static int bit(int address, int depth) {
        return address >>> BITS - 1 - depth & 1;
    }
}
