package org.edgesentry.actions.respond;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.edgesentry.actions.firewall.Block;
import org.edgesentry.actions.firewall.FirewallException;
import org.edgesentry.actions.firewall.HeldBlock;
import org.edgesentry.core.command.BlockCommand;
import org.edgesentry.core.command.BlocksCommand;
import org.edgesentry.core.command.CommandOutcome;
import org.edgesentry.core.command.OperatorCommand;
import org.edgesentry.core.command.UnblockCommand;
import org.edgesentry.core.ledger.ActiveBlock;
import org.edgesentry.core.ledger.BlockEnd;
import org.edgesentry.core.ledger.BlockOrigin;
import org.edgesentry.core.ledger.BlockReason;
import org.edgesentry.core.net.Cidr;
import org.edgesentry.core.text.SpanText;

/**
 * Does what the operator asks about blocks. Each command is answered before the call returns, and what the answer says
 * was done is in the ledger.
 *
 * <p>Thread: action worker only.
 */
final class OperatorDesk {

    /** Blocks that are lifted at once and have a line each. */
    private static final int SAID = 20;

    private final ActionContext context;
    private final Unblocker unblocker;
    private final Consumer<String> lines;
    private ResponsePlan plan;

    /** @param lines takes what is said about a host */
    OperatorDesk(ActionContext context, Unblocker unblocker, ResponsePlan plan, Consumer<String> lines) {
        this.context = context;
        this.unblocker = unblocker;
        this.plan = plan;
        this.lines = lines;
    }

    /** From now on by this plan. */
    void use(ResponsePlan newest) {
        plan = newest;
    }

    void obey(OperatorCommand command, long epochNanos) {
        try {
            if (command instanceof BlocksCommand blocks) {
                blocks.answer().complete(List.copyOf(context.book().all()));
            } else if (command instanceof BlockCommand block) {
                block.answer().complete(block(block, epochNanos));
            } else if (command instanceof UnblockCommand unblock) {
                unblock.answer().complete(unblock(unblock, epochNanos));
            }
        } finally {
            command.refuse("the daemon could not do it; its log says why");
        }
    }

    private CommandOutcome block(BlockCommand command, long epochNanos) {
        Cidr target = command.target();
        Optional<Spared> spared = plan.sparedIn(target);
        Optional<String> refusal = refusal(command, spared);
        if (refusal.isPresent()) {
            return CommandOutcome.refused(refusal.get());
        }
        long seconds = command.seconds().orElse(plan.times().firstSeconds());
        BlockOrigin origin = BlockOrigin.withoutProbe(
                spared.isPresent() ? BlockReason.FORCED : BlockReason.OPERATOR, target);
        Block block = new Block(target, seconds, plan.macros(origin), true);
        try {
            context.firewall().block(List.of(block));
        } catch (FirewallException e) {
            return CommandOutcome.refused(target + " cannot be blocked: " + e.getMessage() + "; "
                    + FailureAdvice.of(e.getMessage()));
        }
        note(block, origin, epochNanos);
        return CommandOutcome.done(target + " is blocked " + length(seconds));
    }

    private void note(Block block, BlockOrigin origin, long epochNanos) {
        int times = context.book().timesBlocked(block.target());
        boolean renewed = context.book().blocks().find(block.target()).isPresent();
        context.book().made(new ActiveBlock(block.target(), origin, epochNanos,
                BlockCommitter.end(epochNanos, block.seconds()), renewed ? times : times + 1, List.of(), true));
        context.book().keep(epochNanos);
        context.counters().blockMade();
        lines.accept(AlertText.blocked(block.target(), context.firewall().describe(block)));
    }

    private Optional<String> refusal(BlockCommand command, Optional<Spared> spared) {
        Cidr target = command.target();
        if (target.prefixLength() == 0) {
            return Optional.of(target + " is everybody");
        }
        if (context.firewall().isDryRun()) {
            return Optional.of("no firewall is in use: BLOCK_METHOD is none, or neither BLOCK_TCP nor BLOCK_UDP is 1");
        }
        if (!context.firewall().canUnblock()) {
            return Optional.of("KILL_ROUTE blocks here, and nothing could take that back; run its command by hand");
        }
        if (spared.isPresent() && !command.force()) {
            return Optional.of(target + " is not blocked: " + describe(target, spared.get())
                    + "; --force blocks it all the same");
        }
        return roomFor(target);
    }

    private static String describe(Cidr target, Spared spared) {
        return target.equals(spared.network()) ? "it is " + spared.reason()
                : spared.network() + " is " + spared.reason();
    }

    /** Networks of which one lies in the other cannot be held by the kernel's sets. */
    private Optional<String> roomFor(Cidr target) {
        Optional<ActiveBlock> around = context.book().blocks().overlapping(List.of(target)).stream()
                .filter(block -> !block.target().equals(target) && !block.target().isSingleAddress())
                .filter(block -> block.origin().reason().isByHand()).findFirst();
        if (!target.isSingleAddress() && around.isPresent()) {
            return Optional.of("it overlaps with " + around.get().target() + ", which is blocked; unblock that first");
        }
        boolean isNew = context.book().blocks().find(target).isEmpty();
        return isNew && context.book().blocks().room() <= 0
                ? Optional.of("BLOCK_MAX (" + context.book().blocks().max() + " blocks) is reached") : Optional.empty();
    }

    private static String length(long seconds) {
        return seconds == 0 ? "until it is unblocked" : "for " + SpanText.of(TimeUnit.SECONDS.toNanos(seconds));
    }

    private CommandOutcome unblock(UnblockCommand command, long epochNanos) {
        if (context.firewall().isDryRun() && context.book().blocks().size() == 0) {
            return CommandOutcome.refused("nobody is blocked: no firewall is in use");
        }
        return command.target().isPresent() ? unblock(command.target().get(), epochNanos) : unblockAll(epochNanos);
    }

    private CommandOutcome unblock(Cidr target, long epochNanos) {
        Optional<ActiveBlock> block = context.book().blocks().find(target).or(() -> target.isSingleAddress()
                ? context.book().blocks().covering(target.family(), target.hi(), target.lo()) : Optional.empty());
        if (block.isEmpty()) {
            return unblockUnknown(target, epochNanos);
        }
        String name = block.get().target().equals(target) ? target.toString()
                : block.get().target() + ", which covers " + target + ",";
        Optional<String> failure = lift(List.of(block.get()), List.of(), epochNanos);
        return failure.isPresent() ? CommandOutcome.refused(name + " is still blocked: " + failure.get())
                : CommandOutcome.done(name + " is no longer blocked" + byHand());
    }

    private String byHand() {
        return context.firewall().canUnblock() ? ""
                : " as far as the daemon is concerned; what KILL_ROUTE did, undo by hand";
    }

    /** What the record does not have, the kernel may all the same. */
    private CommandOutcome unblockUnknown(Cidr target, long epochNanos) {
        Optional<String> failure = lift(List.of(), List.of(target), epochNanos);
        return CommandOutcome.refused(failure.isPresent() ? target + " is not blocked by us, and the firewall says: "
                + failure.get() : target + " is not blocked");
    }

    private CommandOutcome unblockAll(long epochNanos) {
        List<ActiveBlock> all = List.copyOf(context.book().all());
        List<Cidr> unknown = new ArrayList<>();
        try {
            context.firewall().held().stream().map(HeldBlock::target).forEach(unknown::add);
        } catch (FirewallException e) {
            return CommandOutcome.refused("the firewall does not say what it holds: " + e.getMessage());
        }
        unknown.removeAll(Set.copyOf(all.stream().map(ActiveBlock::target).toList()));
        Optional<String> failure = lift(all, unknown, epochNanos);
        return failure.isPresent() ? CommandOutcome.refused("not all blocks are lifted: " + failure.get())
                : CommandOutcome.done(all.size() + unknown.size() + " blocks are lifted" + byHand());
    }

    private Optional<String> lift(List<ActiveBlock> blocks, List<Cidr> unknown, long epochNanos) {
        Unblocker.Failure failure =
                unblocker.lift(blocks, unknown, BlockEnd.How.UNBLOCKED, plan, epochNanos);
        context.book().keep(epochNanos);
        blocks.stream().filter(block -> !failure.targets().contains(block.target())).limit(SAID)
                .forEach(block -> lines.accept(AlertText.unblocked(block.target())));
        return failure.isNone() ? Optional.empty() : Optional.of(failure.words());
    }
}
