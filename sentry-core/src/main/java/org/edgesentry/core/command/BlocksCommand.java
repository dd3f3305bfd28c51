package org.edgesentry.core.command;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.edgesentry.core.ledger.ActiveBlock;

/**
 * Asks for all blocks in force.
 *
 * @param answer the blocks, first to end first
 */
public record BlocksCommand(CompletableFuture<List<ActiveBlock>> answer) implements OperatorCommand {

    @Override
    public void refuse(String why) {
        answer.completeExceptionally(new CommandRefusedException(why));
    }
}
