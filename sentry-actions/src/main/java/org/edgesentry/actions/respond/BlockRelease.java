package org.edgesentry.actions.respond;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.edgesentry.core.ledger.ActiveBlock;
import org.edgesentry.core.ledger.BlockEnd;
import org.edgesentry.core.ledger.BlockReason;
import org.edgesentry.core.net.Cidr;

/**
 * Lifts the blocks of hosts that have come onto the ignore list, or that this host depends on by now. The firewall is
 * also told of single addresses that this run knows nothing of, since a former one may have blocked them. What cannot
 * be lifted is tried again with each tick. What the administrator has blocked against the protection stays.
 *
 * <p>Thread: action worker only.
 */
final class BlockRelease {

    private final ActionContext context;
    private final Unblocker unblocker;
    private final Consumer<String> lines;
    private ResponsePlan plan;
    private final Set<Cidr> left = new LinkedHashSet<>();

    /**
     * Begins with a plan whose spared hosts are not blocked.
     *
     * @param lines takes what is said about a host
     */
    BlockRelease(ActionContext context, Unblocker unblocker, ResponsePlan plan, Consumer<String> lines) {
        this.context = context;
        this.unblocker = unblocker;
        this.plan = plan;
        this.lines = lines;
    }

    /** Lifts what the newer plan has made wrong, if it spares others than before; whether it does. */
    boolean renew(ResponsePlan newer, long epochNanos) {
        Set<Spared> before = Set.copyOf(plan.spared());
        List<Cidr> added = newer.spared().stream().filter(spared -> !before.contains(spared)).map(Spared::network)
                .toList();
        boolean changed = !newer.spared().equals(plan.spared());
        plan = newer;
        if (!added.isEmpty()) {
            List<ActiveBlock> known = toRelease(added);
            lift(known, unknown(added, known), epochNanos);
        }
        return changed;
    }

    private List<ActiveBlock> toRelease(List<Cidr> spared) {
        return context.book().blocks().overlapping(spared).stream()
                .filter(block -> block.origin().reason() != BlockReason.FORCED).toList();
    }

    /** Not what is blocked by force. */
    private Set<Cidr> unknown(List<Cidr> added, List<ActiveBlock> known) {
        Set<Cidr> unknown = new LinkedHashSet<>(added.stream().filter(Cidr::isSingleAddress)
                .filter(target -> context.book().blocks().find(target).isEmpty()).toList());
        known.forEach(block -> unknown.remove(block.target()));
        return unknown;
    }

    private void lift(List<ActiveBlock> known, Set<Cidr> unknown, long epochNanos) {
        Unblocker.Failure failure = unblocker.lift(known, unknown, BlockEnd.How.SPARED, plan, epochNanos);
        known.stream().filter(block -> !failure.targets().contains(block.target())).forEach(this::say);
        known.forEach(block -> left.remove(block.target()));
        left.removeAll(unknown);
        left.addAll(failure.targets());
        if (!failure.isNone()) {
            Cidr first = failure.targets().iterator().next();
            context.complaints().say(epochNanos, "release " + failure.words(), first + " is " + reason(first)
                    + " but still blocked: " + failure.words() + "; " + FailureAdvice.of(failure.words())
                    + ". It is tried again every second");
        }
    }

    private void say(ActiveBlock block) {
        if (block.inFirewall()) {
            Cidr source = block.origin().source();
            lines.accept(context.firewall().canUnblock() ? AlertText.released(source, reason(block.target()))
                    : AlertText.cannotBeReleased(source, reason(block.target())));
        }
    }

    private String reason(Cidr target) {
        return plan.sparedIn(target).map(Spared::reason).orElse("spared");
    }

    /** Tries again what could not be lifted. */
    void retry(long epochNanos) {
        if (!left.isEmpty()) {
            List<ActiveBlock> known = new ArrayList<>();
            left.forEach(target -> context.book().blocks().find(target).ifPresent(known::add));
            Set<Cidr> unknown = new LinkedHashSet<>(left);
            known.forEach(block -> unknown.remove(block.target()));
            lift(known, unknown, epochNanos);
        }
    }
}
