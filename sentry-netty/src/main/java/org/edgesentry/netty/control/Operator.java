package org.edgesentry.netty.control;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import org.edgesentry.core.command.CommandOutcome;
import org.edgesentry.core.command.HostSnapshot;
import org.edgesentry.core.ledger.ActiveBlock;
import org.edgesentry.core.net.Cidr;

/**
 * The daemon as the control socket sees it.
 *
 * <p>Thread: any; nothing here waits. Errors: a future that fails with
 * {@link org.edgesentry.core.command.CommandRefusedException} has a message for the operator, any other failure is a
 * mistake of ours. The lists are copies: they do not change once they are there.
 */
public interface Operator {

    /** What the daemon is doing. */
    StatusView status();

    /** Who is remembered, those with the most evidence first, at most so many. */
    CompletableFuture<List<HostSnapshot>> hosts(int limit);

    /** What is blocked, first to end first. */
    CompletableFuture<List<ActiveBlock>> blocks();

    /**
     * Blocks by hand.
     *
     * @param target who
     * @param seconds how long, 0 without end; empty: BLOCK_TIME
     * @param force whether to do so even if the target is never to be blocked
     */
    CompletableFuture<CommandOutcome> block(Cidr target, OptionalLong seconds, boolean force);

    /** Lifts the block of the target; empty: all blocks. */
    CompletableFuture<CommandOutcome> unblock(Optional<Cidr> target);

    /** Reads the configuration and the ignore file anew. */
    CompletableFuture<CommandOutcome> reload();
}
