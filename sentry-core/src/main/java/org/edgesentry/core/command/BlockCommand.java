package org.edgesentry.core.command;

import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import org.edgesentry.core.net.Cidr;

/**
 * Blocks an address or a network by hand.
 *
 * @param target who
 * @param seconds how long, 0 without end; empty: BLOCK_TIME
 * @param force whether to do so even if the target holds somebody who is never to be blocked
 * @param answer what became of it
 */
public record BlockCommand(Cidr target, OptionalLong seconds, boolean force, CompletableFuture<CommandOutcome> answer)
        implements OperatorCommand {

    @Override
    public void refuse(String why) {
        answer.complete(CommandOutcome.refused(why));
    }
}
