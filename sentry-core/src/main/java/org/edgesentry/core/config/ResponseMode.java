package org.edgesentry.core.config;

/** BLOCK_TCP and BLOCK_UDP; the ordinal is the number in the file. */
public enum ResponseMode {

    /** {@code 0}: log only. */
    LOG,
    /** {@code 1}: block, deny, run the command. */
    BLOCK,
    /** {@code 2}: only run KILL_RUN_CMD. */
    COMMAND_ONLY
}
