package org.edgesentry.actions.respond;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.edgesentry.actions.deny.DenyLine;
import org.edgesentry.actions.firewall.FirewallException;
import org.edgesentry.core.ledger.ActiveBlock;
import org.edgesentry.core.ledger.BlockEnd;
import org.edgesentry.core.net.Cidr;

/**
 * Lifts blocks before their time, everywhere: in the firewall, in hosts.deny, in the record and in the pipeline.
 *
 * <p>Thread: action worker only.
 */
final class Unblocker {

    private final ActionContext context;
    private final HostDenier denier;

    Unblocker(ActionContext context, HostDenier denier) {
        this.context = context;
        this.denier = denier;
    }

    /**
     * Lifts blocks, and clears the firewall of targets that this run knows nothing of.
     *
     * @param blocks known ones
     * @param unknown targets that a former run, or somebody else, may have put into the firewall
     * @return what is still blocked, with the words of the firewall
     */
    Failure lift(Collection<ActiveBlock> blocks, Collection<Cidr> unknown, BlockEnd.How how, ResponsePlan plan,
                 long epochNanos) {
        allow(plan, blocks, epochNanos);
        Set<Cidr> targets = new LinkedHashSet<>(unknown);
        blocks.stream().filter(ActiveBlock::inFirewall).map(ActiveBlock::target).forEach(targets::add);
        Failure failure = context.firewall().canUnblock() ? unblock(new ArrayList<>(targets)) : Failure.NONE;
        unknown.stream().filter(target -> !failure.targets().contains(target))
                .forEach(target -> context.book().noteLifted(target, epochNanos));
        blocks.stream().filter(block -> !failure.targets().contains(block.target()))
                .forEach(block -> context.book().ended(block, how, epochNanos));
        return failure;
    }

    private void allow(ResponsePlan plan, Collection<ActiveBlock> blocks, long epochNanos) {
        Optional<String> template = plan.hostsDeny();
        if (template.isPresent() && !blocks.isEmpty()) {
            Set<String> denied = new LinkedHashSet<>();
            blocks.forEach(block -> denied.add(DenyLine.of(template.get(), plan.macros(block.origin()))));
            denier.allow(denied, epochNanos);
        }
    }

    private Failure unblock(List<Cidr> targets) {
        if (targets.isEmpty()) {
            return Failure.NONE;
        }
        try {
            context.firewall().unblock(targets);
            return Failure.NONE;
        } catch (FirewallException e) {
            Set<Cidr> failed = e.failedOf(targets);
            context.counters().unblocksFailed(failed.size());
            return new Failure(failed, e.getMessage());
        }
    }

    /**
     * What could not be lifted.
     *
     * @param targets still blocked
     * @param words why
     */
    record Failure(Set<Cidr> targets, String words) {

        private static final Failure NONE = new Failure(Set.of(), "");

        /** Whether everything is lifted. */
        boolean isNone() {
            return targets.isEmpty();
        }
    }
}
