package org.edgesentry.core.config;

import org.edgesentry.core.text.PrintableText;

/**
 * A whole number within bounds.
 *
 * @param min smallest value
 * @param max greatest value
 * @param reason why the bounds are where they are, to be put behind the message; may be empty
 */
record WholeNumberType(int min, int max, String reason) implements ValueType<Integer> {

    @Override
    public Integer read(String text, Faults faults) {
        long value = Decimal.read(text);
        if (value == Decimal.NONE) {
            faults.at(0, PrintableText.quote(text) + " is not a whole number");
            return null;
        }
        if (value < min || value > max) {
            faults.at(0, PrintableText.cut(text, 20) + " is out of range (" + min + " to " + max + ")" + reason);
            return null;
        }
        return (int) value;
    }
}
