package org.edgesentry.netty.daemon;

/** How the daemon watches; the text is what KILL_ROUTE gets for {@code $MODE$}. */
enum Mode {

    /** Reads packets and binds nothing. */
    STEALTH("stealth"),
    /** Binds every trap port. */
    CONNECT("connect");

    private final String text;

    Mode(String text) {
        this.text = text;
    }

    String text() {
        return text;
    }
}
