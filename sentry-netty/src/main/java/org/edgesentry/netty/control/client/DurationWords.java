package org.edgesentry.netty.control.client;

import java.util.Locale;

/** A length of time in words, with three digits: {@code 0.014 ms}, {@code 12.3 ms}, {@code 2.50 s}. Thread: any. */
final class DurationWords {

    private static final double MILLIS = 1_000;

    private DurationWords() {
    }

    static String of(double seconds) {
        double millis = seconds * MILLIS;
        return millis < MILLIS ? threeDigits(millis) + " ms" : threeDigits(seconds) + " s";
    }

    private static String threeDigits(double value) {
        int decimals = value < 1 ? 3 : value < 10 ? 2 : value < 100 ? 1 : 0;
        return String.format(Locale.ROOT, "%,." + decimals + "f", value);
    }
}
