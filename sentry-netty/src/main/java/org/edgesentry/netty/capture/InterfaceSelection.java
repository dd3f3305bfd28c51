package org.edgesentry.netty.capture;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.edgesentry.netty.host.Interfaces;
import org.edgesentry.netty.host.Interfaces.Interface;

/**
 * The interfaces that were asked for with {@code --interface}.
 *
 * <p>Thread: immutable.
 *
 * @param scope how they are chosen
 * @param names their names when they are chosen by name, else empty
 */
public record InterfaceSelection(Scope scope, List<String> names) {

    /** Every interface, loopback too. */
    public static final InterfaceSelection ALL = new InterfaceSelection(Scope.ALL, List.of());
    /** Every interface but loopback; the default. */
    public static final InterfaceSelection ALL_NLO = new InterfaceSelection(Scope.ALL_NLO, List.of());

    /** How interfaces are chosen. */
    public enum Scope {
        /** Every interface. */
        ALL,
        /** Every interface but loopback. */
        ALL_NLO,
        /** By name. */
        NAMED
    }

    /** Takes a copy. */
    public InterfaceSelection {
        names = List.copyOf(names);
    }

    /**
     * Reads the values of {@code --interface}: {@code ALL}, its alias {@code any}, {@code ALL_NLO}, or names. None at
     * all is ALL_NLO.
     *
     * @throws IllegalArgumentException when values contradict each other; the message names them
     */
    public static InterfaceSelection of(List<String> values) {
        Set<String> distinct = new LinkedHashSet<>(values);
        if (distinct.isEmpty()) {
            return ALL_NLO;
        }
        Set<String> collective = new LinkedHashSet<>(distinct);
        collective.retainAll(List.of("ALL", "any", "ALL_NLO"));
        if (collective.isEmpty()) {
            return new InterfaceSelection(Scope.NAMED, List.copyOf(distinct));
        }
        if (distinct.size() > 1 && !distinct.equals(Set.of("ALL", "any"))) {
            throw new IllegalArgumentException("--interface " + String.join(" and --interface ", distinct)
                    + " contradict each other");
        }
        return collective.contains("ALL_NLO") ? ALL_NLO : ALL;
    }

    /** Those of the existing interfaces that are meant. */
    public List<Interface> among(Interfaces existing) {
        return switch (scope) {
            case ALL -> existing.all();
            case ALL_NLO -> existing.all().stream().filter(one -> !one.isLoopback()).toList();
            case NAMED -> names.stream().flatMap(name -> existing.byName(name).stream()).toList();
        };
    }

    @Override
    public String toString() {
        return scope == Scope.NAMED ? String.join(",", names) : scope.name();
    }
}
