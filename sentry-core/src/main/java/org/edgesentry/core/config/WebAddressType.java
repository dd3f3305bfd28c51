package org.edgesentry.core.config;

import org.edgesentry.core.text.PrintableText;

/**
 * The URL of a web service, RFC 3986: {@code https://hooks.example.com/path?query}. Without user and password, which
 * would stand in every log on the way, and without a fragment, which no server sees.
 */
record WebAddressType() implements ValueType<String> {

    private static final TextType TEXT = new TextType();
    private static final String MARKS = "-._~!$&'()*+,;=:@/?";

    @Override
    public String read(String text, Faults faults) {
        int server = text.startsWith("https://") ? 8 : 0;
        server = text.startsWith("http://") ? 7 : server;
        if (server == 0) {
            faults.at(0, PrintableText.quote(text) + " is no web address; write it as https://hooks.example.com/path");
            return null;
        }
        int path = server;
        while (path < text.length() && "/?#".indexOf(text.charAt(path)) < 0) {
            path++;
        }
        int user = text.lastIndexOf('@', path - 1);
        if (user >= 0) {
            faults.at(server, "a web address with a user or a password in it is not taken");
            return null;
        }
        boolean sound = TEXT.read(text, faults) != null
                && ServerText.read(text.substring(0, path), server, 443, faults) != null;
        return sound && isSoundPath(text, path, faults) ? text : null;
    }

    private static boolean isSoundPath(String text, int from, Faults faults) {
        for (int i = from; i < text.length(); i++) {
            if (!isAllowed(text, i)) {
                faults.at(i, PrintableText.quote(text.substring(i, text.offsetByCodePoints(i, 1)))
                        + " cannot stand here in a web address; write it as % and two hexadecimal digits a byte");
                return false;
            }
        }
        return true;
    }

    private static boolean isAllowed(String text, int index) {
        char character = text.charAt(index);
        if (character == '%') {
            return isHex(text, index + 1) && isHex(text, index + 2);
        }
        return isLetterOrDigit(character) || MARKS.indexOf(character) >= 0;
    }

    private static boolean isLetterOrDigit(char c) {
        return c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z' || c >= '0' && c <= '9';
    }

    private static boolean isHex(String text, int index) {
        return index < text.length() && "0123456789abcdefABCDEF".indexOf(text.charAt(index)) >= 0;
    }
}
