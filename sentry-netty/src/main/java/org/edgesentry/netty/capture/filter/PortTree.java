package org.edgesentry.netty.capture.filter;

import java.util.stream.IntStream;

/**
 * Emits a balanced binary decision tree that says whether the port in the accumulator lies in a set.
 *
 * <p>Walking up the port numbers, membership flips at each boundary: at the first port of an interval and at the port
 * behind its last. A node asks whether the port has reached a boundary, so a packet costs the logarithm of their
 * number. Up to {@link #CLUSTER} boundaries share two jumps to the far exits, which keeps their own jumps short.
 *
 * <p>Thread: one.
 */
final class PortTree {

    /** A node is one instruction, so that a cluster stays within one short jump. */
    private static final int CLUSTER = 120;

    private final BpfAssembler code;
    private final int[] boundaries;
    private final BpfAssembler.Label inside;
    private final BpfAssembler.Label outside;

    private PortTree(BpfAssembler code, int[] boundaries, BpfAssembler.Label inside, BpfAssembler.Label outside) {
        this.code = code;
        this.boundaries = boundaries;
        this.inside = inside;
        this.outside = outside;
    }

    /** Emits the tree; it ends at one of the two labels. */
    static void emit(BpfAssembler code, PortIntervals ports, BpfAssembler.Label inside, BpfAssembler.Label outside) {
        int[] boundaries = ports.intervals().stream()
                .flatMapToInt(interval -> IntStream.of(interval.first(), interval.last() + 1))
                .toArray();
        new PortTree(code, boundaries, inside, outside).emitWide(0, boundaries.length);
    }

    /** Boundaries from (inside) to (outside) are undecided; the port has reached all before, none behind. */
    private void emitWide(int from, int to) {
        if (to - from <= CLUSTER) {
            emitCluster(from, to);
            return;
        }
        int middle = (from + to) >>> 1;
        BpfAssembler.Label reached = code.label();
        code.jumpIf(BpfOp.JUMP_GREATER_OR_EQUAL, boundaries[middle], reached);
        emitWide(from, middle);
        code.bind(reached);
        emitWide(middle + 1, to);
    }

    private void emitCluster(int from, int to) {
        BpfAssembler.Label nearInside = code.label();
        BpfAssembler.Label nearOutside = code.label();
        if (from == to) {
            code.jump(isInside(from) ? inside : outside);
            return;
        }
        emitNode(from, to, nearInside, nearOutside);
        code.bind(nearInside);
        code.jump(inside);
        code.bind(nearOutside);
        code.jump(outside);
    }

    private void emitNode(int from, int to, BpfAssembler.Label nearInside, BpfAssembler.Label nearOutside) {
        int middle = (from + to) >>> 1;
        boolean leafBelow = from == middle;
        boolean leafAbove = middle + 1 == to;
        BpfAssembler.Label below = leafBelow ? exit(from, nearInside, nearOutside) : code.label();
        BpfAssembler.Label above = leafAbove ? exit(to, nearInside, nearOutside) : code.label();
        code.jump(BpfOp.JUMP_GREATER_OR_EQUAL, boundaries[middle], above, below);
        if (!leafBelow) {
            code.bind(below);
            emitNode(from, middle, nearInside, nearOutside);
        }
        if (!leafAbove) {
            code.bind(above);
            emitNode(middle + 1, to, nearInside, nearOutside);
        }
    }

    private BpfAssembler.Label exit(int reached, BpfAssembler.Label nearInside, BpfAssembler.Label nearOutside) {
        return isInside(reached) ? nearInside : nearOutside;
    }

    /** Membership flips at each boundary: a port that has reached an odd number of them is inside. */
    private static boolean isInside(int boundariesReached) {
        return (boundariesReached & 1) == 1;
    }
}
