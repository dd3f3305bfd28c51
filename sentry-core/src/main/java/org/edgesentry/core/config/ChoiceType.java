package org.edgesentry.core.config;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.edgesentry.core.text.PrintableText;

/** One of a few words. */
final class ChoiceType<T> implements ValueType<T> {

    private final Map<String, T> byWord = new LinkedHashMap<>();

    private ChoiceType() {
    }

    /** 0 for off, 1 for on. */
    static ChoiceType<Boolean> flag() {
        return new ChoiceType<Boolean>().with("0", false).with("1", true);
    }

    /** auto, 0, 1. */
    static ChoiceType<Switch> switchOrAuto() {
        return new ChoiceType<Switch>().with("auto", Switch.AUTO).with("0", Switch.OFF).with("1", Switch.ON);
    }

    /** The numbers of the constants, from 0. */
    static <E extends Enum<E>> ChoiceType<E> byNumber(Class<E> constants) {
        ChoiceType<E> type = new ChoiceType<>();
        for (E constant : constants.getEnumConstants()) {
            type.with(String.valueOf(constant.ordinal()), constant);
        }
        return type;
    }

    /** The names of the constants in lower case. */
    static <E extends Enum<E>> ChoiceType<E> byName(Class<E> constants) {
        ChoiceType<E> type = new ChoiceType<>();
        for (E constant : constants.getEnumConstants()) {
            type.with(constant.name().toLowerCase(Locale.ROOT), constant);
        }
        return type;
    }

    @Override
    public T read(String text, Faults faults) {
        T value = byWord.get(text);
        if (value == null) {
            faults.at(0, PrintableText.quote(text) + " is none of: " + String.join(", ", byWord.keySet()));
        }
        return value;
    }

    @Override
    public String show(T value) {
        return byWord.entrySet().stream().filter(word -> word.getValue().equals(value)).findFirst().orElseThrow()
                .getKey();
    }

    private ChoiceType<T> with(String word, T value) {
        byWord.put(word, value);
        return this;
    }
}
