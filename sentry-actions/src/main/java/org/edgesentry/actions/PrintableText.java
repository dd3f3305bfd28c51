package org.edgesentry.actions;

/**
 * Makes text of the outside world fit for one line of a log: no control characters, no line breaks, bounded length.
 *
 * <p>Thread: any.
 */
public final class PrintableText {

    private PrintableText() {
    }

    /** The text on one line: control and other unprintable characters become blanks, the end is cut off. */
    public static String of(String text, int maxChars) {
        StringBuilder line = new StringBuilder(Math.min(text.length(), maxChars));
        for (int i = 0; i < text.length() && line.length() < maxChars; i++) {
            char c = text.charAt(i);
            line.append(isPrintable(c) ? c : ' ');
        }
        return line.toString().strip();
    }

    private static boolean isPrintable(char c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL, Character.FORMAT -> false;
            case Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> false;
            case Character.SURROGATE, Character.UNASSIGNED, Character.PRIVATE_USE -> false;
            default -> true;
        };
    }
}
