package org.edgesentry.actions.respond;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.edgesentry.actions.firewall.Firewall;
import org.edgesentry.actions.firewall.FirewallException;
import org.edgesentry.actions.firewall.HeldBlock;
import org.edgesentry.core.ledger.ActiveBlock;
import org.edgesentry.core.ledger.BlockEnd;
import org.edgesentry.core.ledger.BlockOrigin;
import org.edgesentry.core.ledger.BlockReason;
import org.edgesentry.core.net.Cidr;

/**
 * Takes up what a former run has left: blocks of the ledger that are still due are put into the firewall again, all in
 * one go and with the time that is left of them; those whose time is over, and of hosts that are spared by now, are
 * taken out. What the firewall holds and the ledger does not know was blocked by the kernel alone, or by a run whose
 * ledger is lost, and is taken over.
 *
 * <p>Thread: before the start, or the action worker when a firewall comes into use later.
 */
final class Restoration {

    private static final Logger LOG = LogManager.getLogger(Restoration.class);

    private final ActionContext context;
    private final Firewall firewall;
    private final ResponsePlan plan;
    private final boolean commandsUndone;
    private final long epochNanos;
    private final Map<Cidr, ActiveBlock> due = new LinkedHashMap<>();
    private final Set<Cidr> toLift = new LinkedHashSet<>();
    private int ended;
    private int spared;
    private int beyondMax;
    private int takenOver;

    /** @param rebooted whether the machine was started anew since the last run */
    Restoration(ActionContext context, ResponsePlan plan, boolean rebooted, long epochNanos) {
        this.context = context;
        this.firewall = context.firewall();
        this.plan = plan;
        this.commandsUndone = rebooted && firewall.runsCommand();
        this.epochNanos = epochNanos;
    }

    /**
     * Does it, and says what came of it; without a firewall the ledger is left as it is.
     *
     * @return whether the firewall holds now what is due
     */
    boolean run() {
        if (firewall.isDryRun()) {
            return true;
        }
        sort(context.book().former(epochNanos));
        takeOver();
        lift();
        boolean applied = apply();
        context.book().keep(epochNanos);
        if (due.size() + ended + spared + beyondMax > 0) {
            LOG.info("Blocks of a former run: {} in force again, of which {} were known to the firewall only; the "
                    + "time of {} is over, {} are spared by now{}", due.size(), takenOver, ended, spared,
                    beyondMax > 0 ? ", " + beyondMax + " are more than BLOCK_MAX allows" : "");
        }
        return applied;
    }

    private void sort(List<ActiveBlock> former) {
        for (ActiveBlock block : former.stream().sorted().toList()) {
            if (isOver(block)) {
                ended++;
                end(block, BlockEnd.How.EXPIRED);
            } else if (isSpared(block.target()) && block.origin().reason() != BlockReason.FORCED) {
                spared++;
                end(block, BlockEnd.How.SPARED);
            } else {
                due.put(block.target(), block);
            }
        }
        giveWay();
    }

    /** Beyond BLOCK_MAX, those go first that end first. */
    private void giveWay() {
        int tooMany = Math.max(0, due.size() - context.book().blocks().max());
        for (ActiveBlock block : due.values().stream().limit(tooMany).toList()) {
            beyondMax++;
            due.remove(block.target());
            end(block, BlockEnd.How.GAVE_WAY);
        }
    }

    /** What KILL_ROUTE did is gone with a new start of the machine; it is run again with the host's next probe. */
    private boolean isOver(ActiveBlock block) {
        return block.untilEpochNanos() <= epochNanos || commandsUndone && block.inFirewall();
    }

    private boolean isSpared(Cidr target) {
        return plan.sparedIn(target).isPresent();
    }

    private void end(ActiveBlock block, BlockEnd.How how) {
        context.book().noteEnded(block, how, epochNanos);
        if (block.inFirewall()) {
            toLift.add(block.target());
        }
    }

    private void takeOver() {
        try {
            firewall.held().stream().filter(isUnknown()).forEach(this::takeOver);
        } catch (FirewallException e) {
            LOG.warn("The firewall does not say which blocks a former run has left: {}", e.getMessage());
        }
    }

    private Predicate<HeldBlock> isUnknown() {
        return held -> !due.containsKey(held.target()) && !toLift.contains(held.target());
    }

    private void takeOver(HeldBlock held) {
        Cidr target = held.target();
        boolean isSpared = isSpared(target);
        if (isSpared || due.size() >= context.book().blocks().max()) {
            spared += isSpared ? 1 : 0;
            beyondMax += isSpared ? 0 : 1;
            toLift.add(target);
            return;
        }
        takenOver++;
        int times = context.book().timesBlocked(target);
        BlockOrigin origin = new BlockOrigin(BlockReason.KERNEL,
                Cidr.ofAddress(target.family(), target.hi(), target.lo()), 0, 0);
        due.put(target, new ActiveBlock(target, origin, epochNanos, end(held, times), times + 1, List.of(), true));
    }

    /** A firewall that ends no block by itself does not know its time either. */
    private long end(HeldBlock held, int times) {
        long seconds = held.secondsLeft() == 0 && !firewall.expiresByItself()
                ? plan.times().seconds(times) : held.secondsLeft();
        return BlockCommitter.end(epochNanos, seconds);
    }

    private void lift() {
        if (toLift.isEmpty() || !firewall.canUnblock()) {
            return;
        }
        try {
            firewall.unblock(List.copyOf(toLift));
        } catch (FirewallException e) {
            LOG.warn("Blocks of a former run whose time is over could not be lifted: {}", e.getMessage());
        }
    }

    private boolean apply() {
        due.values().forEach(context.book()::noteMade);
        List<ActiveBlock> inFirewall = due.values().stream().filter(ActiveBlock::inFirewall).toList();
        try {
            if (!firewall.runsCommand() && !inFirewall.isEmpty()) {
                firewall.block(FirewallCare.asked(inFirewall, plan, epochNanos));
            }
            return true;
        } catch (FirewallException e) {
            LOG.warn("Blocks of a former run could not be put into the firewall, which is tried again: {}",
                    e.getMessage());
            return false;
        }
    }
}
