package org.edgesentry.core.config;

import java.util.function.Function;
import java.util.function.Predicate;

/**
 * All that is known about one key of portsentry.conf. Parser, report and suggestions ask here.
 *
 * <p>Thread: immutable.
 *
 * @param name the key
 * @param fromPortSentry whether PortSentry 1.2 or 2.0 had it
 * @param type how its value is read and written
 * @param defaultText the value when the key is absent, in the form of the file
 * @param setting where its value stands in the settings
 * @param actedOn the values that this version acts on; the others are read and kept only
 * @param description what it sets, a few words
 */
record ConfigKey<T>(String name, boolean fromPortSentry, ValueType<T> type, String defaultText,
                    Function<Settings, T> setting, Predicate<? super T> actedOn, String description) {

    /** Every value does what it says. */
    static final Predicate<Object> ALWAYS = value -> true;

    /** There is one of each. Written out, because what the compiler makes is linked at run time, type below type. */
    @Override
    public boolean equals(Object other) {
        return this == other;
    }

    @Override
    public int hashCode() {
        return name.hashCode();
    }

    /** Whether every value does what it says in this version. */
    boolean isActedOn() {
        return actedOn == ALWAYS;
    }

    T defaultValue() {
        return type.read(defaultText, (index, message) -> {
            throw new IllegalStateException("default of " + name + ": " + message);
        });
    }

    /** The line of the file that sets what the settings hold. */
    String line(Settings settings) {
        return name + "=\"" + type.show(setting.apply(settings)) + '"';
    }
}
