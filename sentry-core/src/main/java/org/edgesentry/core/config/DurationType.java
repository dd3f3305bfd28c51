package org.edgesentry.core.config;

import java.time.Duration;
import java.util.Map;
import org.edgesentry.core.text.PrintableText;

/**
 * A span of time: a number and s, m, h, d or w; without a unit seconds. {@code 90}, {@code 30s}, {@code 15m},
 * {@code 1h}, {@code 7d}, {@code 2w}.
 *
 * <p>The limit of ten years is longer than any block makes sense, and leaves room in a long for nanoseconds since the
 * epoch plus the span.
 *
 * @param min shortest span
 */
record DurationType(Duration min) implements ValueType<Duration> {

    /** Longest span. */
    static final Duration MAX = Duration.ofDays(3650);

    private static final Map<Character, Integer> SECONDS_BY_UNIT =
            Map.of('s', 1, 'm', 60, 'h', 3_600, 'd', 86_400, 'w', 604_800);

    @Override
    public Duration read(String text, Faults faults) {
        Integer unit = text.isEmpty() ? null : SECONDS_BY_UNIT.get(text.charAt(text.length() - 1));
        long count = Decimal.read(unit == null ? text : text.substring(0, text.length() - 1));
        if (count == Decimal.NONE) {
            faults.at(0, PrintableText.quote(text) + " is not a time; write a number and s, m, h, d or w, as in 1h");
            return null;
        }
        int unitSeconds = unit == null ? 1 : unit;
        boolean fits = count <= MAX.toSeconds() / unitSeconds;
        if (!fits || count * unitSeconds < min.toSeconds()) {
            faults.at(0, PrintableText.cut(text, 20) + " is out of range (" + show(min) + " to " + show(MAX) + ")");
            return null;
        }
        return Duration.ofSeconds(count * unitSeconds);
    }

    /** With the greatest unit, up to days, that divides it. */
    @Override
    public String show(Duration value) {
        long seconds = value.toSeconds();
        if (seconds == 0) {
            return "0";
        }
        for (char unit : new char[] {'d', 'h', 'm'}) {
            if (seconds % SECONDS_BY_UNIT.get(unit) == 0) {
                return seconds / SECONDS_BY_UNIT.get(unit) + String.valueOf(unit);
            }
        }
        return seconds + "s";
    }
}
