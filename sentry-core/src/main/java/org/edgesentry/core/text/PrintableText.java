package org.edgesentry.core.text;

/**
 * Makes text from outside fit for one line of a message: cut to a bound, and with nothing in it that could move the
 * cursor, change colours, end the line or turn the reading direction of a terminal.
 *
 * <p>Thread: any.
 */
public final class PrintableText {

    /** Longest piece that {@link #quote} shows, in code points. */
    public static final int QUOTED_LENGTH = 60;

    private PrintableText() {
    }

    /** The text in double quotes, cut after {@value #QUOTED_LENGTH} code points. */
    public static String quote(String text) {
        return '"' + cut(text, QUOTED_LENGTH) + '"';
    }

    /** The text, escaped, cut after the given number of code points; {@code ...} stands for what was cut. */
    public static String cut(String text, int maxCodePoints) {
        StringBuilder shown = new StringBuilder();
        int at = 0;
        for (int count = 0; at < text.length() && count < maxCodePoints; count++) {
            int codePoint = text.codePointAt(at);
            appendEscaped(shown, codePoint);
            at += Character.charCount(codePoint);
        }
        return at < text.length() ? shown.append("...").toString() : shown.toString();
    }

    /** The words of a program on one line: what cannot be shown becomes a blank, the end is cut off. */
    public static String oneLine(String words, int maxCodePoints) {
        int[] shown = words.codePoints().limit(maxCodePoints).map(c -> isPrintable(c) ? c : ' ').toArray();
        return new String(shown, 0, shown.length).strip();
    }

    /** Whether the character may be shown as it is. */
    public static boolean isPrintable(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL, Character.FORMAT, Character.SURROGATE, Character.PRIVATE_USE,
                    Character.UNASSIGNED, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> false;
            default -> true;
        };
    }

    private static void appendEscaped(StringBuilder shown, int codePoint) {
        if (isPrintable(codePoint)) {
            shown.appendCodePoint(codePoint);
        } else if (codePoint < 0x100) {
            shown.append(String.format("\\x%02x", codePoint));
        } else {
            shown.append(String.format("\\u%04x", codePoint));
        }
    }
}
