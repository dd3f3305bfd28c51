package org.edgesentry.netty.capture.filter;

import java.util.List;
import org.edgesentry.netty.capture.InterfaceSelection;
import org.edgesentry.netty.host.Interfaces;
import org.edgesentry.netty.host.Interfaces.Interface;

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

    /** With all interfaces chosen, those that appear later are meant too; hence by what is left out. */
    public static InterfaceRule of(InterfaceSelection selection, Interfaces existing) {
        return switch (selection.scope()) {
            case ALL -> ALL;
            case ALL_NLO -> allBut(List.of(Interface.LOOPBACK_INDEX));
            case NAMED -> only(selection.among(existing).stream().map(Interface::index).toList());
        };
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
