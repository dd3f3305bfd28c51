package org.edgesentry.core.host;

/**
 * The sixteen state bits of a host row.
 *
 * <pre>
 *   bits 0-2   level of evidence, 0 to 5: the order of eviction
 *   bits 3-4   block status: 0 clear, 1 pending (asked for, not confirmed), 2 blocked
 *   bit  5     "already blocked" has been said for this block
 *   bit  6     the host has a slot in the port memory
 *   bit  7     pending or blocked, but with KILL_RUN_CMD only
 *   bits 8-14  not in use
 *   bit  15    it completed a TCP handshake with a trap, so its address is not forged
 * </pre>
 */
final class HostState {

    static final int CLEAR = 0;
    static final int PENDING = 1;
    static final int BLOCKED = 2;

    static final int LEVELS = 6;

    private static final int LEVEL_MASK = 0x7;
    private static final int STATUS_SHIFT = 3;
    private static final int STATUS_MASK = 0x3 << STATUS_SHIFT;
    private static final int ANNOUNCED = 1 << 5;
    private static final int HAS_PORTS = 1 << 6;
    private static final int COMMAND_ONLY = 1 << 7;
    private static final int PROVEN = 1 << 15;

    private HostState() {
    }

    static int level(int state) {
        return state & LEVEL_MASK;
    }

    static int withLevel(int state, int level) {
        return state & ~LEVEL_MASK | level;
    }

    static int status(int state) {
        return (state & STATUS_MASK) >>> STATUS_SHIFT;
    }

    static int withStatus(int state, int status) {
        return state & ~STATUS_MASK | status << STATUS_SHIFT;
    }

    static boolean isAnnounced(int state) {
        return (state & ANNOUNCED) != 0;
    }

    static int withAnnounced(int state, boolean announced) {
        return announced ? state | ANNOUNCED : state & ~ANNOUNCED;
    }

    static boolean hasPorts(int state) {
        return (state & HAS_PORTS) != 0;
    }

    static int withPorts(int state) {
        return state | HAS_PORTS;
    }

    static boolean isCommandOnly(int state) {
        return (state & COMMAND_ONLY) != 0;
    }

    static int withCommandOnly(int state, boolean commandOnly) {
        return commandOnly ? state | COMMAND_ONLY : state & ~COMMAND_ONLY;
    }

    static boolean isProven(int state) {
        return (state & PROVEN) != 0;
    }

    static int withProven(int state) {
        return state | PROVEN;
    }
}
