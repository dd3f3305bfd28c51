package org.edgesentry.actions.respond;

import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.edgesentry.actions.ActionLimits;
import org.edgesentry.actions.firewall.Firewall;
import org.edgesentry.actions.firewall.FirewallException;
import org.edgesentry.core.ledger.ActiveBlock;
import org.edgesentry.core.ledger.BlockEnd;
import org.edgesentry.core.net.Cidr;

/**
 * Ends blocks whose time has come: in the firewall, if the kernel does not do it, and in the record. One that cannot be
 * ended stays in the record and is tried again with the next tick.
 *
 * <p>Thread: action worker only.
 */
final class BlockExpiry {

    private final ActionContext context;
    private final Firewall firewall;
    private final Consumer<String> lines;

    /** @param lines takes what is said about hosts */
    BlockExpiry(ActionContext context, Consumer<String> lines) {
        this.context = context;
        this.firewall = context.firewall();
        this.lines = lines;
    }

    void expire(long epochNanos) {
        List<ActiveBlock> due = context.book().blocks().ended(epochNanos, ActionLimits.EXPIRIES_PER_TICK);
        if (due.isEmpty()) {
            return;
        }
        List<Cidr> inFirewall = due.stream().filter(ActiveBlock::inFirewall).map(ActiveBlock::target).toList();
        Set<Cidr> stillBlocked = firewall.expiresByItself() || inFirewall.isEmpty()
                ? Set.of() : unblock(inFirewall, epochNanos);
        List<ActiveBlock> over = due.stream().filter(block -> !stillBlocked.contains(block.target())).toList();
        over.forEach(block -> context.book().ended(block, BlockEnd.How.EXPIRED, epochNanos));
        context.counters().blocksExpired(inFirewall.size() - stillBlocked.size());
        say(over.stream().filter(ActiveBlock::inFirewall).toList());
    }

    /** After a flood many end at once, of which nobody wants a line each. */
    private void say(List<ActiveBlock> over) {
        if (over.size() > ActionLimits.EXPIRY_LINES) {
            lines.accept(AlertText.expired(over.size()));
        } else {
            over.forEach(block -> lines.accept(AlertText.expired(block.target())));
        }
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
