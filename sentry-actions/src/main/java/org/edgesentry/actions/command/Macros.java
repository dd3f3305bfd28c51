package org.edgesentry.actions.command;

import org.edgesentry.core.config.Mode;
import org.edgesentry.core.net.Cidr;

/**
 * What {@code $TARGET$}, {@code $PORT$} and {@code $MODE$} stand for in the KILL_ templates, which a shell reads. Each
 * is text that this program made from numbers, or one of its own words: no byte comes from the network as it is.
 *
 * <p>Thread: immutable.
 *
 * @param source the single address whose probe is answered
 * @param port the port that it asked for
 * @param mode the mode that saw it
 */
public record Macros(Cidr source, int port, Mode mode) {

    private static final String TARGET = "$TARGET$";

    /** Checks that the source is what old commands expect: one address. */
    public Macros {
        if (!source.isSingleAddress()) {
            throw new IllegalArgumentException("not a single address: " + source);
        }
    }

    /** The template with its macros replaced. */
    public String fill(String template) {
        return fill(template, source.toString());
    }

    /** The same with {@code $TARGET$} written in another way. */
    public String fill(String template, String target) {
        return template.replace(TARGET, target)
                .replace("$PORT$", Integer.toString(port))
                .replace("$MODE$", mode.text());
    }

    /** Whether the template names the source. */
    public static boolean namesTarget(String template) {
        return template.contains(TARGET);
    }
}
