package org.edgesentry.core.ledger;

/** Why somebody is blocked. The names are written to the ledger: they do not change. */
public enum BlockReason {

    /** It asked for a trap, or was judged to scan. */
    PROBE("scan"),
    /** The kernel's own rule blocked it, and nothing was seen of its probe here. */
    KERNEL("scan, by kernel"),
    /** The administrator said so. */
    OPERATOR("by hand"),
    /** The administrator said so, though the host is on the ignore list or this host depends on it. */
    FORCED("by hand, forced");

    private final String label;

    BlockReason(String label) {
        this.label = label;
    }

    /** The reason in words. */
    public String label() {
        return label;
    }

    /** Whether somebody sat at a keyboard. */
    public boolean isByHand() {
        return this == OPERATOR || this == FORCED;
    }
}
