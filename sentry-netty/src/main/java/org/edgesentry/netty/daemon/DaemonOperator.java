package org.edgesentry.netty.daemon;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.edgesentry.core.command.BlockCommand;
import org.edgesentry.core.command.BlocksCommand;
import org.edgesentry.core.command.CommandOutcome;
import org.edgesentry.core.command.HostSnapshot;
import org.edgesentry.core.command.HostsCommand;
import org.edgesentry.core.command.OperatorCommand;
import org.edgesentry.core.command.UnblockCommand;
import org.edgesentry.core.ledger.ActiveBlock;
import org.edgesentry.core.net.Cidr;
import org.edgesentry.core.probe.EventKind;
import org.edgesentry.core.probe.ProbeEvent;
import org.edgesentry.core.probe.ProbePublisher;
import org.edgesentry.core.probe.ProbeSource;
import org.edgesentry.core.time.WallClock;
import org.edgesentry.netty.control.Operator;
import org.edgesentry.netty.control.StatusView;

/**
 * Takes what the operator asks to who knows: commands about hosts and blocks into the pipeline, a reload to the main
 * thread. Nothing here waits, and every command is answered.
 *
 * <p>Thread: any; those that publish wait for each other.
 */
final class DaemonOperator implements Operator {

    private final ProbePublisher publisher;
    private final WallClock clock;
    private final ReloadRequests reloads;
    private volatile Optional<Supplier<StatusView>> status = Optional.empty();

    /** An operator that refuses everything until the daemon is {@link #ready}. */
    DaemonOperator(ProbePublisher publisher, WallClock clock, ReloadRequests reloads) {
        this.publisher = publisher;
        this.clock = clock;
        this.reloads = reloads;
    }

    /** From now on commands are carried out. */
    void ready(Supplier<StatusView> newStatus) {
        status = Optional.of(newStatus);
    }

    @Override
    public StatusView status() {
        return status.map(Supplier::get)
                .orElseGet(() -> StatusView.builder().text("state", "State", "starting").build());
    }

    @Override
    public CompletableFuture<List<HostSnapshot>> hosts(int limit) {
        CompletableFuture<List<HostSnapshot>> answer = new CompletableFuture<>();
        send(new HostsCommand(limit, answer));
        return answer;
    }

    @Override
    public CompletableFuture<List<ActiveBlock>> blocks() {
        CompletableFuture<List<ActiveBlock>> answer = new CompletableFuture<>();
        send(new BlocksCommand(answer));
        return answer;
    }

    @Override
    public CompletableFuture<CommandOutcome> block(Cidr target, OptionalLong seconds, boolean force) {
        CompletableFuture<CommandOutcome> answer = new CompletableFuture<>();
        send(new BlockCommand(target, seconds, force, answer));
        return answer;
    }

    @Override
    public CompletableFuture<CommandOutcome> unblock(Optional<Cidr> target) {
        CompletableFuture<CommandOutcome> answer = new CompletableFuture<>();
        send(new UnblockCommand(target, answer));
        return answer;
    }

    @Override
    public CompletableFuture<CommandOutcome> reload() {
        return reloads.request();
    }

    private synchronized void send(OperatorCommand command) {
        if (status.isEmpty()) {
            command.refuse("the daemon is starting; try again in a moment");
            return;
        }
        ProbeEvent event = publisher.begin();
        event.kind = EventKind.COMMAND;
        event.seenBy = ProbeSource.COMMAND;
        event.epochNanos = clock.epochNanos();
        event.command = command;
        if (!publisher.publish()) {
            command.refuse("the daemon has too much to do just now; try again");
        }
    }
}
