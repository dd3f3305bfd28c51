package org.edgesentry.actions.history;

/** What a report says about the block of its source; each has two flags in PortSentry 2.0's line. */
public enum BlockState {

    /** SCAN_TRIGGER is not reached: no block was thought of. */
    UNDECIDED("unset", "unset"),
    /** The settings, or the protection of this source, forbid a block. */
    FORBIDDEN("true", "false"),
    /** It should be blocked and is not. */
    NOT_BLOCKED("false", "false"),
    /** It is blocked now. */
    BLOCKED("false", "true");

    private final String noBlock;
    private final String blocked;

    BlockState(String noBlock, String blocked) {
        this.noBlock = noBlock;
        this.blocked = blocked;
    }

    /** The value of the flag {@code noblock}. */
    String noBlock() {
        return noBlock;
    }

    /** The value of the flag {@code blocked}. */
    String blocked() {
        return blocked;
    }
}
