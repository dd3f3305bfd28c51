package org.edgesentry.core.config;

import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.edgesentry.core.text.PrintableText;

/**
 * Text with macros in it, such as {@code $TARGET$}. What looks like a macro and is none would reach the shell, or a
 * reader, as it stands, so it is a fault.
 *
 * @param macros the macros that there are
 */
record TemplateType(List<String> macros) implements ValueType<String> {

    /** Of the KILL_ keys. */
    static final List<String> RESPONSE = List.of("$TARGET$", "$PORT$", "$MODE$");
    /** Of NOTIFY_COMMAND and NOTIFY_SUBJECT. */
    static final List<String> NOTICE = List.of("$HOST$", "$TIME$", "$COUNT$", "$BLOCKS$", "$SCANS$", "$TARGET$");
    /** Of NOTIFY_TEXT. */
    static final List<String> NOTICE_TEXT = Stream.concat(NOTICE.stream(), Stream.of("$LIST$")).toList();

    private static final Pattern LOOKS_LIKE_MACRO = Pattern.compile("\\$[A-Za-z_]{1,40}\\$");
    private static final TextType TEXT = new TextType();

    @Override
    public String read(String text, Faults faults) {
        if (TEXT.read(text, faults) == null) {
            return null;
        }
        // A shell variable may stand before a macro, as in $HOME$TARGET$: take the macros out before looking.
        Pattern known = Pattern.compile(macros.stream().map(Pattern::quote).collect(Collectors.joining("|")));
        String rest = known.matcher(text).replaceAll(macro -> " ".repeat(macro.group().length()));
        Matcher suspect = LOOKS_LIKE_MACRO.matcher(rest);
        boolean sound = true;
        while (suspect.find()) {
            String upperCase = suspect.group().toUpperCase(Locale.ROOT);
            if (suspect.group().equals(upperCase) || macros.contains(upperCase)) {
                faults.at(suspect.start(), PrintableText.quote(suspect.group()) + " is no macro; there are "
                        + String.join(", ", macros));
                sound = false;
            }
        }
        return sound ? text : null;
    }
}
