package org.edgesentry.core.text;

import java.util.Locale;

/** Writes odds as people say them. Thread: any. */
public final class OddsText {

    /** Ten failures, each of which makes a scan four times as likely: beyond that the figure says nothing more. */
    private static final double MILLION = 1 << 20;

    private OddsText() {
    }

    /** {@code 1,024:1}, {@code >1M:1}; {@code -} where nothing speaks for it. */
    public static String of(double odds) {
        if (!(odds > 0)) {
            return "-";
        }
        return odds >= MILLION ? ">1M:1" : String.format(Locale.ROOT, "%,d:1", Math.round(odds));
    }
}
