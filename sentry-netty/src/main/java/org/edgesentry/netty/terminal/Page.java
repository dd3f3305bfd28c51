package org.edgesentry.netty.terminal;

import java.io.PrintStream;

/**
 * A terminal, or what stands for one: so wide, with or without colours. Thread: one.
 */
public final class Page {

    private static final int NARROWEST = 40;
    private static final String BOLD = "\u001b[1m";
    private static final String ALARM = "\u001b[1;31m";
    private static final String FINE = "\u001b[32m";
    private static final String FAINT = "\u001b[2m";
    private static final String END = "\u001b[0m";

    private final PrintStream out;
    private final int width;
    private final boolean colours;

    /**
     * A page.
     *
     * @param width columns; 40 at least
     * @param colours whether escape sequences are understood
     */
    public Page(PrintStream out, int width, boolean colours) {
        this.out = out;
        this.width = Math.max(NARROWEST, width);
        this.colours = colours;
    }

    /** Columns. */
    public int width() {
        return width;
    }

    /** A line as it is. */
    public void line(String text) {
        out.println(text);
    }

    /** An empty line. */
    public void blank() {
        out.println();
    }

    /** A paragraph that begins so many columns to the right. */
    public void paragraph(int indent, String text) {
        WrappedText.lines(text, width - indent).forEach(line -> line(" ".repeat(indent) + line));
    }

    /**
     * A label, and beside it what belongs to it.
     *
     * @param indent where the label begins
     * @param column where the text begins, in each of its lines
     */
    public void labelled(int indent, String label, int column, String text) {
        String begin = " ".repeat(indent) + label;
        for (String line : WrappedText.lines(text, width - column)) {
            line((begin + " ".repeat(Math.max(0, column - begin.length())) + line).stripTrailing());
            begin = "";
        }
    }

    /** What is a heading. */
    public String bold(String text) {
        return dress(BOLD, text);
    }

    /** What asks for attention. */
    public String alarm(String text) {
        return dress(ALARM, text);
    }

    /** What is good news. */
    public String fine(String text) {
        return dress(FINE, text);
    }

    /** What matters less. */
    public String faint(String text) {
        return dress(FAINT, text);
    }

    private String dress(String begin, String text) {
        return colours ? begin + text + END : text;
    }

    /** Whether what was printed has gone nowhere. */
    public boolean isBroken() {
        return out.checkError();
    }
}
