package org.edgesentry.core.command;

import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Asks who is remembered: those with the most evidence first, among equals the last seen.
 *
 * @param limit how many at most, up to {@link org.edgesentry.core.limits.Limits#HOSTS_LISTED}
 * @param answer the hosts
 */
public record HostsCommand(int limit, CompletableFuture<List<HostSnapshot>> answer) implements OperatorCommand {

    @Override
    public void refuse(String why) {
        answer.completeExceptionally(new CommandRefusedException(why));
    }
}
