package org.edgesentry.core.command;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.edgesentry.core.net.Cidr;

/**
 * Lifts blocks by hand.
 *
 * @param target whose block: exactly this address or network, or one that covers this address; empty: all
 * @param answer what became of it
 */
public record UnblockCommand(Optional<Cidr> target, CompletableFuture<CommandOutcome> answer)
        implements OperatorCommand {

    @Override
    public void refuse(String why) {
        answer.complete(CommandOutcome.refused(why));
    }
}
