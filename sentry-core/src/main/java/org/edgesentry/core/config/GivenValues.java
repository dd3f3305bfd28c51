package org.edgesentry.core.config;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What one file sets, key by key in its order, with the place. Thread: one parse. */
final class GivenValues {

    /**
     * One key of the file.
     *
     * @param value what was read; null when that failed
     * @param line where, from 1
     * @param column where the value begins, from 1
     */
    record Given(Object value, int line, int column) {
    }

    private final Map<ConfigKey<?>, Given> byKey = new LinkedHashMap<>();

    void put(ConfigKey<?> key, Given given) {
        byKey.put(key, given);
    }

    Optional<Given> find(ConfigKey<?> key) {
        return Optional.ofNullable(byKey.get(key));
    }

    boolean isGiven(ConfigKey<?> key) {
        return byKey.containsKey(key);
    }

    /** Whether the key was read without fault, or is absent, so that its value can be compared with others. */
    boolean isSound(ConfigKey<?> key) {
        return !isGiven(key) || byKey.get(key).value() != null;
    }

    /** The value that was given, else the default. */
    <T> T get(ConfigKey<T> key) {
        Given given = byKey.get(key);
        return given == null ? key.defaultValue() : cast(given.value());
    }

    /** Names of the keys whose given value this version does not act on. */
    List<String> notActedOn() {
        return byKey.keySet().stream().filter(this::isNotActedOn).map(ConfigKey::name).toList();
    }

    private <T> boolean isNotActedOn(ConfigKey<T> key) {
        return isSound(key) && !key.actedOn().test(get(key));
    }

    /** The parser puts in only what the type of that key has read. */
    @SuppressWarnings("unchecked")
    private static <T> T cast(Object value) {
        return (T) value;
    }
}
