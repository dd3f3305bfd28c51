package org.edgesentry.actions.respond;

import java.util.List;
import java.util.Set;
import org.edgesentry.actions.ActionCounters;
import org.edgesentry.actions.ActionLimits;
import org.edgesentry.actions.Complaints;
import org.edgesentry.actions.block.ActiveBlock;
import org.edgesentry.actions.block.ActiveBlocks;
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

    private final Firewall firewall;
    private final ActiveBlocks blocks;
    private final ActionCounters counters;
    private final Complaints complaints;

    BlockExpiry(Firewall firewall, ActiveBlocks blocks, ActionCounters counters, Complaints complaints) {
        this.firewall = firewall;
        this.blocks = blocks;
        this.counters = counters;
        this.complaints = complaints;
    }

    void expire(long epochNanos) {
        int limit = firewall.expiresByItself() ? Integer.MAX_VALUE : ActionLimits.EXPIRIES_PER_TICK;
        List<Cidr> ended = blocks.ended(epochNanos, limit).stream().map(ActiveBlock::target).toList();
        if (ended.isEmpty()) {
            return;
        }
        Set<Cidr> stillBlocked = firewall.expiresByItself() ? Set.of() : unblock(ended, epochNanos);
        for (Cidr target : ended) {
            if (!stillBlocked.contains(target)) {
                blocks.remove(target);
            }
        }
        counters.blocksExpired(ended.size() - stillBlocked.size());
    }

    private Set<Cidr> unblock(List<Cidr> ended, long epochNanos) {
        try {
            firewall.unblock(ended);
            return Set.of();
        } catch (FirewallException e) {
            Set<Cidr> failed = e.failedOf(ended);
            counters.unblocksFailed(failed.size());
            complaints.say(epochNanos, "unblock " + e.getMessage(), failed.size() + " blocks cannot be ended: "
                    + e.getMessage() + "; " + FailureAdvice.of(e.getMessage()) + ". It is tried again every second");
            return failed;
        }
    }
}
