package org.edgesentry.core.config;

/**
 * How one protocol is watched: the six modes of PortSentry 1.x and the two of 2.x. Thread: immutable.
 */
public enum Mode {

    /** 2.x: reads packets and binds nothing. */
    STEALTH("stealth", false, false, false),
    /** 2.x: binds every trap port. */
    CONNECT("connect", true, false, false),
    /** 1.x: binds every TCP trap port. */
    TCP("tcp", true, false, true),
    /** 1.x: binds every UDP trap port. */
    UDP("udp", true, false, true),
    /** 1.x: reads packets to the TCP trap ports. */
    STCP("stcp", false, false, true),
    /** 1.x: reads packets to the UDP trap ports. */
    SUDP("sudp", false, false, true),
    /** 1.x: reads packets to every TCP port up to ADVANCED_PORTS_TCP. */
    ATCP("atcp", false, true, true),
    /** 1.x: reads packets to every UDP port up to ADVANCED_PORTS_UDP. */
    AUDP("audp", false, true, true);

    private final String text;
    private final boolean binds;
    private final boolean advanced;
    private final boolean classic;

    Mode(String text, boolean binds, boolean advanced, boolean classic) {
        this.text = text;
        this.binds = binds;
        this.advanced = advanced;
        this.classic = classic;
    }

    /** What {@code $MODE$} stands for. */
    public String text() {
        return text;
    }

    /** The option that asks for this mode. */
    public String option() {
        return (classic ? "-" : "--") + text;
    }

    /** Whether ports are bound; else packets are read. */
    public boolean binds() {
        return binds;
    }

    /** Whether every port up to a limit is a trap, not a list. */
    public boolean isAdvanced() {
        return advanced;
    }

    /** Whether this is a mode of 1.x, whose history and log lines have the older form. */
    public boolean isClassic() {
        return classic;
    }
}
