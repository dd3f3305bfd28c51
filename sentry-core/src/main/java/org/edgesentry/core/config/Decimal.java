package org.edgesentry.core.config;

/** Reads the plain decimal numbers of the configuration: ASCII digits only, no sign, as long as anyone may type. */
final class Decimal {

    /** The text is no number. */
    static final long NONE = -1;

    private Decimal() {
    }

    /** The number, or {@link #NONE}; what does not fit is {@link Long#MAX_VALUE}. */
    static long read(String text) {
        long value = 0;
        for (int i = 0; i < text.length(); i++) {
            int digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return NONE;
            }
            value = value > (Long.MAX_VALUE - digit) / 10 ? Long.MAX_VALUE : value * 10 + digit;
        }
        return text.isEmpty() ? NONE : value;
    }
}
