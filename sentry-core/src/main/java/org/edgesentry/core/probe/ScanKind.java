package org.edgesentry.core.probe;

/** The shape of a scan, as verdicts name it. A verdict can have several. */
public enum ScanKind {

    /** Ports that are traps, SCAN_TRIGGER times or more. */
    TRAP("trap"),
    /** Many ports of one host. */
    VERTICAL("vertical"),
    /** Few ports of many hosts. */
    HORIZONTAL("horizontal"),
    /** Long pauses between one contact and the next. */
    SLOW("slow"),
    /** Packets that are made to tell operating systems apart by their answers. */
    OS_PROBE("os-probe"),
    /** ICMP questions to many hosts, or of many kinds. */
    ICMP_SWEEP("icmp-sweep"),
    /** Many IP protocols of one host. */
    IP_PROTOCOL("ip-protocol");

    private final String label;

    ScanKind(String label) {
        this.label = label;
    }

    /** The name in output that programs read. */
    public String label() {
        return label;
    }

    /** This kind as one bit of a mask. */
    public int bit() {
        return 1 << ordinal();
    }

    /** Whether the mask holds this kind. */
    public boolean isIn(int mask) {
        return (mask & bit()) != 0;
    }
}
