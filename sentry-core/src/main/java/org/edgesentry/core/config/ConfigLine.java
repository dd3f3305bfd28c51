package org.edgesentry.core.config;

import org.edgesentry.core.text.PrintableText;

/**
 * One line of portsentry.conf taken apart: {@code KEY = "value" # comment}. Columns count from 1.
 *
 * @param key the key; empty when the line does not begin with one
 * @param keyColumn where the key begins
 * @param assigned whether the key is followed by an equals sign
 * @param value the text between the quotes; null when the line is broken
 * @param column where the value begins, or where the line is broken
 * @param fault what is wrong; null when nothing is
 */
record ConfigLine(String key, int keyColumn, boolean assigned, String value, int column, String fault) {

    static boolean isBlankOrComment(String line) {
        int start = ConfigText.skipBlanks(line, 0);
        return start == line.length() || line.charAt(start) == '#';
    }

    static ConfigLine read(String line) {
        int keyStart = ConfigText.skipBlanks(line, 0);
        int keyEnd = keyStart;
        while (keyEnd < line.length() && isKeyCharacter(line.charAt(keyEnd))) {
            keyEnd++;
        }
        String key = line.substring(keyStart, keyEnd);
        int equals = ConfigText.skipBlanks(line, keyEnd);
        boolean assigned = equals < line.length() && line.charAt(equals) == '=';
        ConfigLine start = new ConfigLine(key, keyStart + 1, assigned, null, keyStart + 1, null);
        if (key.isEmpty()) {
            return start.broken(keyStart,
                    "expected KEY=\"value\", found " + PrintableText.quote(line.substring(keyStart)));
        }
        if (!assigned) {
            return start.broken(equals, "expected = behind " + PrintableText.quote(key));
        }
        return start.readValue(line, ConfigText.skipBlanks(line, equals + 1));
    }

    boolean isBroken() {
        return fault != null;
    }

    private ConfigLine readValue(String line, int opening) {
        if (opening == line.length() || line.charAt(opening) != '"') {
            return broken(opening, "the value must stand in double quotes: "
                    + PrintableText.cut(key, PrintableText.QUOTED_LENGTH) + "=\"...\"");
        }
        int closing = line.indexOf('"', opening + 1);
        if (closing < 0) {
            return broken(opening, "the closing quote is missing");
        }
        int rest = ConfigText.skipBlanks(line, closing + 1);
        if (rest < line.length() && line.charAt(rest) != '#') {
            return broken(rest, "unexpected text behind the closing quote: " + PrintableText.quote(line.substring(rest))
                    + "; a value cannot hold a double quote, a command can use single quotes");
        }
        return withValue(line.substring(opening + 1, closing), opening + 2);
    }

    /** A control character in a value is noise, and would garble every log line that shows the value. */
    private ConfigLine withValue(String text, int firstColumn) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isISOControl(text.charAt(i)) && text.charAt(i) != '\t') {
                return broken(firstColumn - 1 + i, String.format("control character 0x%02x in the value",
                        (int) text.charAt(i)));
            }
        }
        return new ConfigLine(key, keyColumn, assigned, text, firstColumn, null);
    }

    private ConfigLine broken(int index, String why) {
        return new ConfigLine(key, keyColumn, assigned, null, index + 1, why);
    }

    private static boolean isKeyCharacter(char c) {
        return c == '_' || c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z' || c >= '0' && c <= '9';
    }
}
