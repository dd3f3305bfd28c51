package org.edgesentry.core.config;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * One or more of a few words, as a comma list: {@code block,scan}.
 *
 * @param constants the enum whose names in lower case are the words
 */
record ChoiceListType<E extends Enum<E>>(Class<E> constants) implements ValueType<Set<E>> {

    @Override
    public Set<E> read(String text, Faults faults) {
        ChoiceType<E> word = ChoiceType.byName(constants);
        Set<E> chosen = EnumSet.noneOf(constants);
        boolean sound = ListItems.forEach(text, faults, (item, index, told) -> {
            E choice = word.read(item, (at, message) -> told.at(index + at, message));
            if (choice != null) {
                chosen.add(choice);
            }
        });
        return sound ? Collections.unmodifiableSet(chosen) : null;
    }

    @Override
    public String show(Set<E> value) {
        return value.stream().sorted().map(ChoiceType.byName(constants)::show).collect(Collectors.joining(","));
    }
}
