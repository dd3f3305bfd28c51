package org.edgesentry.netty.control;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * What the daemon is doing at one moment: sections of entries, in an order, each with a key for programs, which does
 * not change, and a label for people.
 *
 * <p>Thread: immutable; a {@link Builder} belongs to one thread.
 *
 * @param items sections, and entries that belong to none
 */
public record StatusView(List<Item> items) {

    /** What an entry holds; the name, in small letters, says so in the labelled JSON. */
    public enum Kind {
        /** A {@link String}. */
        TEXT,
        /** A {@link Long} or a finite {@link Double}. */
        NUMBER,
        /** Seconds, a finite {@link Double}. */
        DURATION,
        /** A {@link Boolean}. */
        FLAG,
        /** An {@link Instant}. */
        TIME,
        /** A list of {@link String}. */
        LIST
    }

    /** A section or an entry. */
    public sealed interface Item permits Section, Entry {

        /** For programs, in snake_case. */
        String key();

        /** For people. */
        String label();
    }

    /** Items under one heading. */
    public record Section(String key, String label, List<Item> items) implements Item { }

    /** One value, of the class that its kind says. */
    public record Entry(String key, String label, Kind kind, Object value) implements Item { }

    /** An empty view to fill. */
    public static Builder builder() {
        return new Builder();
    }

    /** Fills a view or one of its sections, in this order. Errors: a key that is malformed or there already. */
    public static final class Builder {

        private static final Pattern KEY = Pattern.compile("[a-z][a-z0-9]*(_[a-z0-9]+)*");

        private static final double NANOS_A_SECOND = TimeUnit.SECONDS.toNanos(1);

        private final List<Item> items = new ArrayList<>();

        private Builder() {
        }

        /** Adds a text. */
        public Builder text(String key, String label, String value) {
            return add(new Entry(key, label, Kind.TEXT, value));
        }

        /** Adds a whole number. */
        public Builder number(String key, String label, long value) {
            return add(new Entry(key, label, Kind.NUMBER, value));
        }

        /** Adds a number; one that is not finite becomes 0, since JSON has no word for it. */
        public Builder number(String key, String label, double value) {
            return add(new Entry(key, label, Kind.NUMBER, Double.isFinite(value) ? value : 0));
        }

        /** Adds a length of time; in JSON it is in seconds, which the key should say. */
        public Builder duration(String key, String label, long nanos) {
            return add(new Entry(key, label, Kind.DURATION, nanos / NANOS_A_SECOND));
        }

        /** Adds a yes or no. */
        public Builder flag(String key, String label, boolean value) {
            return add(new Entry(key, label, Kind.FLAG, value));
        }

        /** Adds a time, in nanoseconds since the epoch. */
        public Builder time(String key, String label, long epochNanos) {
            return add(new Entry(key, label, Kind.TIME, instant(epochNanos)));
        }

        /** Adds several texts. */
        public Builder list(String key, String label, List<String> values) {
            return add(new Entry(key, label, Kind.LIST, List.copyOf(values)));
        }

        /** Adds a section with what this fills into it. */
        public Builder section(String key, String label, Consumer<Builder> content) {
            Builder section = new Builder();
            content.accept(section);
            return add(new Section(key, label, List.copyOf(section.items)));
        }

        /** The view. */
        public StatusView build() {
            return new StatusView(List.copyOf(items));
        }

        private Builder add(Item item) {
            if (!KEY.matcher(item.key()).matches() || items.stream().anyMatch(i -> i.key().equals(item.key()))) {
                throw new IllegalArgumentException("not a new key in snake_case: " + item.key());
            }
            items.add(item);
            return this;
        }
    }

    /** A time of the pipeline as JSON shows it: to the millisecond. */
    static Instant instant(long epochNanos) {
        return Instant.ofEpochMilli(Math.floorDiv(epochNanos, TimeUnit.MILLISECONDS.toNanos(1)));
    }
}
