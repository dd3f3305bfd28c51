package org.edgesentry.core.config;

import java.util.Optional;

/** A value that may be left out: an empty text stands for none. */
record OptionalType<T>(ValueType<T> inner) implements ValueType<Optional<T>> {

    @Override
    public Optional<T> read(String text, Faults faults) {
        if (text.isEmpty()) {
            return Optional.empty();
        }
        T value = inner.read(text, faults);
        return value == null ? null : Optional.of(value);
    }

    @Override
    public String show(Optional<T> value) {
        return value.map(inner::show).orElse("");
    }
}
