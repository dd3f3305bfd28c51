package org.edgesentry.actions.deny;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The content of hosts.deny and changes to it. What is in it may be anything; as ISO 8859-1 every byte is a character
 * and comes out as it went in. Thread: one at a time.
 */
final class DenyText {

    private String text;

    DenyText(byte[] bytes) {
        this.text = new String(bytes, StandardCharsets.ISO_8859_1);
    }

    byte[] bytes() {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    /** Puts the lines at the end that are nowhere yet, and tells which. */
    Set<String> add(Set<String> lines) {
        Set<String> missing = new LinkedHashSet<>(lines);
        forEachLine(line -> missing.remove(utf8(line)));
        if (!missing.isEmpty()) {
            StringBuilder longer = new StringBuilder(text);
            endLastLine(longer);
            missing.forEach(line -> longer.append(latin1(line)).append('\n'));
            text = longer.toString();
        }
        return missing;
    }

    /** A backslash before the end of a line joins it with the next, hosts_access(5); an empty one does no harm. */
    private static void endLastLine(StringBuilder text) {
        int length = text.length();
        if (length > 0 && text.charAt(length - 1) != '\n') {
            text.append('\n');
        }
        if (text.length() > 1 && text.charAt(text.length() - 2) == '\\') {
            text.append('\n');
        }
    }

    /** Takes out the lines wherever they stand, and tells which were there. */
    Set<String> remove(Set<String> lines) {
        Set<String> found = new LinkedHashSet<>();
        if (lines.isEmpty()) {
            return found;
        }
        StringBuilder shorter = new StringBuilder(text.length());
        forEachLine(line -> {
            String asGiven = utf8(line);
            if (lines.contains(asGiven)) {
                found.add(asGiven);
            } else {
                shorter.append(line).append('\n');
            }
        });
        if (!found.isEmpty()) {
            text = shorter.toString();
        }
        return found;
    }

    private void forEachLine(Consumer<String> action) {
        int start = 0;
        while (start < text.length()) {
            int end = text.indexOf('\n', start);
            int stop = end < 0 ? text.length() : end;
            action.accept(text.substring(start, stop));
            start = stop + 1;
        }
    }

    private static String utf8(String line) {
        return new String(line.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
    }

    private static String latin1(String line) {
        return new String(line.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    }
}
