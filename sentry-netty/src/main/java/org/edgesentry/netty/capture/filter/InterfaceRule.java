package org.edgesentry.netty.capture.filter;

import java.util.List;

/**
 * Which interfaces a socket for all interfaces listens to.
 *
 * <p>Thread: immutable.
 *
 * @param exclude whether the listed ones are left out, instead of being the only ones
 * @param indexes interface indexes
 */
public record InterfaceRule(boolean exclude, List<Integer> indexes) {

    /** Every interface, those that appear later too. */
    public static final InterfaceRule ALL = new InterfaceRule(true, List.of());

    /** Takes a copy. */
    public InterfaceRule {
        indexes = List.copyOf(indexes);
    }

    /** Every interface but these. */
    public static InterfaceRule allBut(List<Integer> indexes) {
        return new InterfaceRule(true, indexes);
    }

    /** These interfaces. */
    public static InterfaceRule only(List<Integer> indexes) {
        return new InterfaceRule(false, indexes);
    }
}
