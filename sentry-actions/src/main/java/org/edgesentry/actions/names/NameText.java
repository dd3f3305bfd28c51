package org.edgesentry.actions.names;

import org.edgesentry.actions.ActionLimits;

/**
 * A name from reverse DNS is text that its owner chose, the scanner for one: only letters, digits, {@code .}, {@code -}
 * and {@code _} survive, as many as a name may have (RFC 1035, 2.3.4). Thread: any.
 */
final class NameText {

    private NameText() {
    }

    /** What is left of the name; perhaps nothing. */
    static String clean(String name) {
        StringBuilder clean = new StringBuilder();
        for (int i = 0; i < name.length() && clean.length() < ActionLimits.NAME_CHARS; i++) {
            if (isFit(name.charAt(i))) {
                clean.append(name.charAt(i));
            }
        }
        return clean.toString();
    }

    private static boolean isFit(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '.' || c == '-' || c == '_';
    }
}
