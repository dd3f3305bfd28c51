package org.edgesentry.core.command;

/**
 * What the operator asks of the running daemon. It travels through the pipeline like a probe, and whoever owns what it
 * is about carries it out: the third handler knows the hosts, the actions know the blocks. So no state needs a lock.
 *
 * <p>Each is answered exactly once, through its future.
 *
 * <p>Thread: made by any, carried out by the owner.
 */
public sealed interface OperatorCommand permits HostsCommand, BlocksCommand, BlockCommand, UnblockCommand {

    /** Answers that it cannot be done, and why; without effect when there is an answer already. */
    void refuse(String why);
}
