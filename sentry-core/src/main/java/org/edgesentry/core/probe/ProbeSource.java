package org.edgesentry.core.probe;

/** Where a probe was seen. What is lost because the ring is full is counted by these. */
public enum ProbeSource {

    /** Raw capture: the packet itself was read. */
    CAPTURE("capture"),
    /** A trap port: the kernel completed the handshake, or handed over a datagram. */
    TRAP("trap"),
    /** A capture file. */
    REPLAY("replay"),
    /** No probe: a message of the daemon to its own pipeline. */
    COMMAND("command");

    private final String label;

    ProbeSource(String label) {
        this.label = label;
    }

    /** The name in metrics and messages. */
    public String label() {
        return label;
    }
}
