package org.edgesentry.actions.respond;

import java.util.List;
import java.util.Set;
import org.edgesentry.actions.ActionLimits;
import org.edgesentry.core.ledger.ActiveBlock;
import org.edgesentry.actions.firewall.Firewall;
import org.edgesentry.actions.firewall.FirewallException;
import org.edgesentry.core.net.Cidr;

/**
 * Ends blocks whose time has come: in the firewall, if the kernel does not do it, and in the list. One that cannot be
 * ended stays in the list and is tried again with the next tick.
 *
 * <p>Thread: action worker only.
 */
final class BlockExpiry {

    private final ActionContext context;
    private final Firewall firewall;

    BlockExpiry(ActionContext context) {
        this.context = context;
        this.firewall = context.firewall();
    }

    void expire(long epochNanos) {
        int limit = firewall.expiresByItself() ? Integer.MAX_VALUE : ActionLimits.EXPIRIES_PER_TICK;
        List<ActiveBlock> ended = context.blocks().ended(epochNanos, limit);
        if (ended.isEmpty()) {
            return;
        }
        List<Cidr> inFirewall = ended.stream().filter(ActiveBlock::inFirewall).map(ActiveBlock::target).toList();
        Set<Cidr> stillBlocked = firewall.expiresByItself() || inFirewall.isEmpty()
                ? Set.of() : unblock(inFirewall, epochNanos);
        for (ActiveBlock block : ended) {
            if (!stillBlocked.contains(block.target())) {
                context.blocks().remove(block.target());
            }
        }
        context.counters().blocksExpired(inFirewall.size() - stillBlocked.size());
    }

    private Set<Cidr> unblock(List<Cidr> ended, long epochNanos) {
        try {
            firewall.unblock(ended);
            return Set.of();
        } catch (FirewallException e) {
            Set<Cidr> failed = e.failedOf(ended);
            context.counters().unblocksFailed(failed.size());
            context.complaints().say(epochNanos, "unblock " + e.getMessage(), failed.size()
                    + " blocks cannot be ended: " + e.getMessage() + "; " + FailureAdvice.of(e.getMessage())
                    + ". It is tried again every second");
            return failed;
        }
    }
}
