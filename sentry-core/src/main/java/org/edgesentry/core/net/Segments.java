package org.edgesentry.core.net;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Cuts the address line into segments that each belong to the longest prefix over them; builds a {@link PrefixMap}.
 *
 * <p>One sweep over the prefixes in order of their first address, wider before narrower, with a stack of the prefixes
 * that are open at the sweep's place: a prefix that begins hides the one below it, one that ends shows it again.
 */
final class Segments {

    private final List<Cidr> prefixes;
    private final Deque<Integer> open = new ArrayDeque<>();
    private long[] hi;
    private long[] lo;
    private int[] owner;
    private int count;

    Segments(List<Cidr> prefixes) {
        this.prefixes = prefixes;
        this.hi = new long[2 * prefixes.size()];
        this.lo = new long[2 * prefixes.size()];
        this.owner = new int[2 * prefixes.size()];
        Comparator<Integer> byFirstAddress = (a, b) -> compare(firstHi(a), firstLo(a), firstHi(b), firstLo(b));
        int[] order = IntStream.range(0, prefixes.size()).boxed()
                .sorted(byFirstAddress.thenComparing(i -> prefixes.get(i).prefixLength()))
                .mapToInt(Integer::intValue).toArray();
        for (int index : order) {
            closeBefore(index);
            begin(firstHi(index), firstLo(index), index);
            open.push(index);
        }
        while (!open.isEmpty()) {
            end(open.pop());
        }
        this.hi = Arrays.copyOf(hi, count);
        this.lo = Arrays.copyOf(lo, count);
        this.owner = Arrays.copyOf(owner, count);
    }

    long[] hi() {
        return hi;
    }

    long[] lo() {
        return lo;
    }

    int[] owner() {
        return owner;
    }

    static int compare(long hi, long lo, long otherHi, long otherLo) {
        int upper = Long.compareUnsigned(hi, otherHi);
        return upper != 0 ? upper : Long.compareUnsigned(lo, otherLo);
    }

    private void closeBefore(int next) {
        while (!open.isEmpty()
                && compare(lastHi(open.peek()), lastLo(open.peek()), firstHi(next), firstLo(next)) < 0) {
            end(open.pop());
        }
    }

    /** Behind a prefix's last address the one below it on the stack shows again. */
    private void end(int index) {
        long afterLo = lastLo(index) + 1;
        long afterHi = afterLo == 0 ? lastHi(index) + 1 : lastHi(index);
        boolean endOfLine = afterLo == 0 && afterHi == 0;
        if (!endOfLine) {
            begin(afterHi, afterLo, open.isEmpty() ? PrefixMap.NONE : open.peek());
        }
    }

    private void begin(long segmentHi, long segmentLo, int newOwner) {
        boolean sameStart = count > 0 && hi[count - 1] == segmentHi && lo[count - 1] == segmentLo;
        int slot = sameStart ? count - 1 : count++;
        hi[slot] = segmentHi;
        lo[slot] = segmentLo;
        owner[slot] = newOwner;
    }

    private long firstHi(int index) {
        return prefixes.get(index).hi();
    }

    private long firstLo(int index) {
        Cidr prefix = prefixes.get(index);
        return AddressFamily.commonLo(prefix.family(), prefix.lo());
    }

    private long lastHi(int index) {
        Cidr prefix = prefixes.get(index);
        return prefix.hi() | ~PrefixMask.hi(AddressFamily.IPV6, -1L, bitsInLine(prefix));
    }

    private long lastLo(int index) {
        return firstLo(index) | ~PrefixMask.lo(AddressFamily.IPV6, -1L, bitsInLine(prefixes.get(index)));
    }

    private static int bitsInLine(Cidr prefix) {
        return prefix.family() == AddressFamily.IPV4 ? prefix.prefixLength() + 96 : prefix.prefixLength();
    }
}
