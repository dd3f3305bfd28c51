package org.edgesentry.core.config;

/**
 * How a kind of value is read from the file and written back into it.
 *
 * <p>Thread: implementations are immutable.
 */
interface ValueType<T> {

    /** Takes the faults of one value. */
    interface Faults {

        /** Something is wrong at this character of the value, counted from 0. */
        void at(int index, String message);
    }

    /** The value that the text stands for; null when it has told a fault. */
    T read(String text, Faults faults);

    /** The text that reads as this value. */
    default String show(T value) {
        return value.toString();
    }
}
