package org.edgesentry.core.config;

import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.edgesentry.core.text.PrintableText;

/**
 * Text with macros in it: {@code $TARGET$}, {@code $PORT$}, {@code $MODE$}. What looks like a macro and is none would
 * reach the shell as it stands, so it is a fault.
 */
record TemplateType() implements ValueType<String> {

    private static final List<String> MACROS = List.of("$TARGET$", "$PORT$", "$MODE$");
    private static final Pattern KNOWN = Pattern.compile("\\$(TARGET|PORT|MODE)\\$");
    private static final Pattern LOOKS_LIKE_MACRO = Pattern.compile("\\$[A-Za-z_]{1,40}\\$");
    private static final TextType TEXT = new TextType();

    @Override
    public String read(String text, Faults faults) {
        if (TEXT.read(text, faults) == null) {
            return null;
        }
        // A shell variable may stand before a macro, as in $HOME$TARGET$: take the macros out before looking.
        String rest = KNOWN.matcher(text).replaceAll(macro -> " ".repeat(macro.group().length()));
        Matcher suspect = LOOKS_LIKE_MACRO.matcher(rest);
        boolean sound = true;
        while (suspect.find()) {
            String upperCase = suspect.group().toUpperCase(Locale.ROOT);
            if (suspect.group().equals(upperCase) || MACROS.contains(upperCase)) {
                faults.at(suspect.start(), PrintableText.quote(suspect.group()) + " is no macro; there are "
                        + String.join(", ", MACROS));
                sound = false;
            }
        }
        return sound ? text : null;
    }
}
