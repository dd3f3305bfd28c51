package org.edgesentry.netty.daemon.manual;

/**
 * Writes a page with the macros of man(7), its text escaped so that nothing in it is taken for a request: the hyphen
 * of an option stays one, and a line may begin with a dot.
 *
 * <p>Thread: one.
 */
final class Roff {

    private final StringBuilder page = new StringBuilder();

    /** The title line. */
    Roff title(String name, int section, String date, String source, String book) {
        return raw(".TH " + name + " " + section + " \"" + date + "\" \"" + escaped(source) + "\" \"" + escaped(book)
                + "\"");
    }

    /** A section. */
    Roff section(String heading) {
        return raw(".SH \"" + escaped(heading) + "\"");
    }

    /** A part of a section. */
    Roff part(String heading) {
        return raw(".SS \"" + escaped(heading) + "\"");
    }

    /** A paragraph. */
    Roff paragraph(String text) {
        return raw(".PP").text(text);
    }

    /** A tag, in {@link #bold} and {@link #italic} or not, and beside it what it means. */
    Roff item(String dressedTag, String text) {
        return raw(".TP").raw(dressedTag).text(text);
    }

    /** Lines that are not filled. */
    Roff lines(Iterable<String> lines) {
        raw(".nf");
        lines.forEach(line -> text("    " + line.strip()));
        return raw(".fi");
    }

    /** Text as it is. */
    Roff text(String text) {
        return raw(escaped(text));
    }

    /** A line that is roff already. */
    Roff raw(String line) {
        page.append(line).append('\n');
        return this;
    }

    static String bold(String text) {
        return "\\fB" + escaped(text) + "\\fR";
    }

    static String italic(String text) {
        return "\\fI" + escaped(text) + "\\fR";
    }

    static String escaped(String text) {
        String safe = text.replace("\\", "\\e").replace("-", "\\-").replace("\"", "\\(dq");
        return safe.startsWith(".") || safe.startsWith("'") ? "\\&" + safe : safe;
    }

    @Override
    public String toString() {
        return page.toString();
    }
}
