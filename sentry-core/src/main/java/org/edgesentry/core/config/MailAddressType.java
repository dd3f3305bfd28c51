package org.edgesentry.core.config;

import java.util.regex.Pattern;
import org.edgesentry.core.text.PrintableText;

/**
 * A mail address without a name beside it, the dot-atom of RFC 5322 3.4.1: {@code alerts@example.com}; or the name of a
 * local mailbox, {@code root}.
 */
record MailAddressType() implements ValueType<String> {

    /** Longest part before the at sign, RFC 5321 4.5.3.1.1. */
    private static final int LOCAL_CHARS = 64;
    private static final Pattern LOCAL = Pattern.compile("[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\\.[A-Za-z0-9!#$%&'*+/=?^_`"
            + "{|}~-]+)*");

    @Override
    public String read(String text, Faults faults) {
        int at = text.lastIndexOf('@');
        String local = at < 0 ? text : text.substring(0, at);
        boolean sound = local.length() <= LOCAL_CHARS && LOCAL.matcher(local).matches()
                && (at < 0 || ServerText.isName(text.substring(at + 1)));
        if (!sound) {
            faults.at(0, PrintableText.quote(text) + " is no mail address; write it as name@example.com");
        }
        return sound ? text : null;
    }
}
